import { mkdtempSync, rmSync } from 'node:fs';
import { createSecureServer, createServer, type Http2SecureServer, type Http2Server } from 'node:http2';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PluginCertificate } from './certificate.ts';
import { type GrpcMethods, serveSession } from './grpc.ts';
import type { PluginAddress } from './handshake.ts';

/** Both sides of mutual TLS: our certificate, and the only one that a client may show (PEM). */
export interface MutualTls {
  readonly own: PluginCertificate;
  readonly client: string;
}

/** A listening plug-in. */
export interface Listener {
  readonly address: PluginAddress;
  /** Stops accepting, removes the socket. Sessions are cut. */
  close(): void;
}

/** Listens on a Unix socket that only this user can open, or on loopback where there are none (Windows). */
export async function listen(methods: () => GrpcMethods, tls: MutualTls | undefined): Promise<Listener> {
  const server = tls === undefined ? createServer(limits) : createSecureServer({ ...limits, ...tlsOptions(tls) });
  server.on('session', (session) => serveSession(session, methods()));
  // A client that fails the TLS handshake, or breaks its session, is its own loss.
  server.on('sessionError', () => {});
  const socket = process.platform === 'win32' ? undefined : join(mkdtempSync(join(tmpdir(), 'plugin-')), 'rhcs.sock');
  await listening(server, socket);
  return { address: addressOf(server, socket), close: () => close(server, socket) };
}

// A plan of thousands of resources has many streams with large messages in one session.
const limits = { maxSessionMemory: 512, settings: { initialWindowSize: 2 ** 20, maxConcurrentStreams: 1000 } };

function tlsOptions({ own, client }: MutualTls) {
  return {
    key: own.key.export({ type: 'pkcs8', format: 'pem' }),
    cert: own.pem,
    ca: client,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['h2'],
  } as const;
}

function listening(server: Http2Server | Http2SecureServer, socket: string | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  if (socket === undefined) server.listen(0, '127.0.0.1', resolve);
  else server.listen(socket, resolve);
  return promise;
}

function addressOf(server: Http2Server | Http2SecureServer, socket: string | undefined): PluginAddress {
  if (socket !== undefined) return { network: 'unix', address: socket };
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return { network: 'tcp', address: `127.0.0.1:${address.port}` };
}

function close(server: Http2Server | Http2SecureServer, socket: string | undefined): void {
  server.close();
  if (socket !== undefined) rmSync(dirname(socket), { recursive: true, force: true });
}
