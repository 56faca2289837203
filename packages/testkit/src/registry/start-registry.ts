import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { RegistryContent } from './content.ts';
import { deliver } from './deliver.ts';
import { Gate } from './gate.ts';
import type { Fault, FaultEffect, RegistryOptions, SeenRequest } from './options.ts';
import { route } from './routes.ts';

/** A registry in this process, on a free port of the loopback interface, its content in memory. */
export interface TestRegistry {
  /** `127.0.0.1:PORT`, as it stands in an image reference. */
  readonly host: string;
  /** With scheme, without path. */
  readonly url: string;
  /** Every request so far, in order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** Adds an image of one small layer; gives the digest of its manifest. */
  addImage(repository: string, reference: string): string;
  /** Gives the digest. */
  putManifest(repository: string, reference: string, body: string | Uint8Array, mediaType: string): string;
  /** Gives the digest. */
  putBlob(repository: string, body: string | Uint8Array): string;
  /** From now on, before faults added earlier. */
  fail(fault: Fault): void;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Starts a registry; close it when the test ends. */
export async function startRegistry(options: RegistryOptions = {}): Promise<TestRegistry> {
  const content = new RegistryContent();
  const faults: { readonly fault: Fault; left: number }[] = [];
  const requests: SeenRequest[] = [];
  const server = createRegistryServer(options, handle);
  const { port } = await listen(server);
  const host = `127.0.0.1:${port}`;
  const url = `${options.tls ? 'https' : 'http'}://${host}`;
  const gate = new Gate(options.auth, () => url);

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await seen(message);
    requests.push(request);
    await deliver(response, request.method, route(content, gate, request), takeFault(faults, request));
  }

  return {
    host,
    url,
    requests,
    addImage: (repository, reference) => addImage(content, repository, reference),
    putManifest: (repository, reference, body, mediaType) =>
      content.putManifest(repository, reference, Buffer.from(body), mediaType),
    putBlob: (repository, body) => content.putBlob(repository, Buffer.from(body)),
    fail: (fault) => void faults.unshift({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    close: () => close(server),
  };
}

type Handle = (message: IncomingMessage, response: ServerResponse) => Promise<void>;

function createRegistryServer({ tls }: RegistryOptions, handle: Handle): Server {
  const listener = (message: IncomingMessage, response: ServerResponse) => {
    handle(message, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  };
  if (!tls) return createServer(listener);
  const { certificate, key, clientAuthority } = tls;
  const client = clientAuthority === undefined ? {} : { ca: clientAuthority, requestCert: true };
  return createTlsServer({ cert: certificate, key, ...client }, listener);
}

async function listen(server: Server): Promise<AddressInfo> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address() as AddressInfo;
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

async function seen(message: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const { method = 'GET', url = '/', headers } = message;
  const { authorization, accept } = headers;
  return { method, path: url, authorization, accept, body: Buffer.concat(chunks).toString() };
}

function takeFault(
  faults: readonly { readonly fault: Fault; left: number }[],
  request: SeenRequest,
): FaultEffect | undefined {
  const found = faults.find(({ fault, left }) => left > 0 && matches(fault, request));
  if (found) found.left--;
  return found?.fault.effect;
}

function matches({ method, path }: Fault, request: SeenRequest): boolean {
  return (method === undefined || method === request.method) && (path === undefined || request.path.includes(path));
}

const imageManifest = 'application/vnd.oci.image.manifest.v1+json';

function addImage(content: RegistryContent, repository: string, reference: string): string {
  const config = Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers' } }));
  const layer = Buffer.from(`layer of ${repository}:${reference}`);
  const manifest = {
    schemaVersion: 2,
    mediaType: imageManifest,
    config: descriptor(content, repository, config, 'application/vnd.oci.image.config.v1+json'),
    layers: [descriptor(content, repository, layer, 'application/vnd.oci.image.layer.v1.tar')],
  };
  return content.putManifest(repository, reference, Buffer.from(JSON.stringify(manifest)), imageManifest);
}

function descriptor(content: RegistryContent, repository: string, bytes: Buffer, mediaType: string): object {
  return { mediaType, size: bytes.length, digest: content.putBlob(repository, bytes) };
}
