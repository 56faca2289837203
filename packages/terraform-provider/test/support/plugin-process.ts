import { type ChildProcess, spawn } from 'node:child_process';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect as connectNet } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connect as connectTls } from 'node:tls';
import { createPluginCertificate, type PluginCertificate } from '../../src/plugin/certificate.ts';
import { decodeMessage, encodeMessage, type Message } from '../../src/wire/protobuf.ts';

/** The environment that core gives to a plug-in. */
export const coreEnvironment = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '5,6',
  PLUGIN_MIN_PORT: '0',
  PLUGIN_MAX_PORT: '0',
};

export interface PluginOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** AutoMTLS, as core does it unless TF_DISABLE_PLUGIN_TLS is set. */
  readonly tls?: boolean;
}

/** A provider process as core starts it. */
export interface PluginProcess {
  readonly child: ChildProcess;
  /** The fields of the handshake line. */
  readonly line: readonly string[];
  readonly stderr: () => string;
  readonly exited: Promise<number | null>;
  readonly certificate: PluginCertificate | undefined;
}

const main = join(import.meta.dirname, '../../src/main.ts');

/** Starts the provider from its sources and reads its handshake line; `line` is empty when it ends without one. */
export async function startPlugin({ env = {}, tls = true }: PluginOptions = {}): Promise<PluginProcess> {
  const certificate = tls ? createPluginCertificate() : undefined;
  const clientCert = certificate === undefined ? {} : { PLUGIN_CLIENT_CERT: certificate.pem };
  const child = spawn(process.execPath, ['--conditions=pullpath-source', main], {
    env: { ...process.env, ...coreEnvironment, ...clientCert, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const line = await Promise.race([firstLine(child.stdout), exited.then(() => '')]);
  return { child, line: line === '' ? [] : line.split('|'), stderr: () => stderr, exited, certificate };
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  return '';
}

/** Opens the connection that core opens; `showing` is the client certificate, the one announced unless another is given. */
export function connectPlugin(
  { line, certificate }: PluginProcess,
  showing: PluginCertificate | null | undefined = certificate,
): ClientHttp2Session {
  const [, , , path = '', , serverCert = ''] = line;
  if (certificate === undefined) {
    return connectHttp2('http://localhost', { createConnection: () => connectNet(path) });
  }
  const own = showing === null || showing === undefined ? {} : { cert: showing.pem, key: keyPem(showing) };
  const ca = pem(Buffer.from(serverCert, 'base64'));
  return connectHttp2('https://localhost', {
    createConnection: () => connectTls({ path, ca, servername: 'localhost', ALPNProtocols: ['h2'], ...own }),
  });
}

function keyPem({ key }: PluginCertificate): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function pem(der: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
}

/** What a unary call ended with. */
export interface GrpcAnswer {
  readonly status: string;
  readonly message: string;
  readonly body: Buffer;
}

/** Sends one framed message, whatever it is. */
export function callRaw(session: ClientHttp2Session, path: string, frame: Uint8Array): Promise<GrpcAnswer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    let [status, message]: [string, string] = ['', ''];
    const take = (headers: Readonly<Record<string, string | readonly string[] | number | undefined>>): void => {
      status = textOf(headers['grpc-status']) ?? status;
      message = decodeURIComponent(textOf(headers['grpc-message']) ?? message);
    };
    const parts: Buffer[] = [];
    stream.on('response', take).on('trailers', take).on('error', reject);
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => resolve({ status, message, body: Buffer.concat(parts) }));
    session.on('error', reject).on('close', () => reject(new Error('the session was closed')));
    stream.end(frame);
  });
}

function textOf(header: unknown): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

/** Calls an RPC; throws on any status but 0. */
export async function callRpc<Q, A>(
  session: ClientHttp2Session,
  path: string,
  [request, response]: readonly [Message<Q>, Message<A>],
  value: Q,
): Promise<A> {
  const message = encodeMessage(request, value);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  const answer = await callRaw(session, path, Buffer.concat([head, message]));
  if (answer.status !== '0') throw new Error(`status ${answer.status}: ${answer.message}`);
  return decodeMessage(response, answer.body.subarray(5));
}
