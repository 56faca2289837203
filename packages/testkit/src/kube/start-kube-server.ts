import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { jsonAnswer, type KubeAnswer, statusAnswer } from './answers.ts';
import { Faults, type KubeFault, type KubeFaultEffect } from './faults.ts';
import { parseKubePath } from './kube-path.ts';
import type { StoredObject } from './object-history.ts';
import { ServedObjects, type WatchListMode } from './serve-objects.ts';

export interface KubeServerOptions {
  /** PEM. */
  readonly tls?: { readonly certificate: string; readonly key: string; readonly clientAuthority?: string } | undefined;
  /** What `/version` says; `36` unless set. */
  readonly minor?: string | undefined;
  readonly watchList?: WatchListMode | undefined;
}

export interface SeenKubeRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** An API server in this process that does what a test asks for, however wrong. */
export interface TestKubeServer {
  readonly url: string;
  readonly requests: readonly SeenKubeRequest[];
  readonly objects: ServedObjects;
  /** Connections of clients that are open. */
  readonly connections: number;
  /** Writes an object as another client would; `path` is that of the object. */
  put(path: string, object?: Readonly<Record<string, unknown>>): StoredObject;
  remove(path: string): void;
  /** From now on, before faults added earlier. */
  fail(fault: KubeFault): void;
  /** Ends all faults. */
  heal(): void;
  /** Cuts all connections and refuses new ones. */
  stop(): Promise<void>;
  /** Listens again, on the same port, with the same objects. */
  start(): Promise<void>;
  /** Stops for good. */
  close(): Promise<void>;
}

/** Starts a server on a free port of the loopback interface; close it when the test ends. */
export async function startKubeServer(options: KubeServerOptions = {}): Promise<TestKubeServer> {
  const objects = new ServedObjects();
  objects.watchList = options.watchList ?? 'serve';
  const faults = new Faults();
  const requests: SeenKubeRequest[] = [];
  const sockets = new Set<unknown>();
  let server = create();
  const port = await listen(server, 0);

  function create(): Server {
    const created = createKubeServer(options, (message, response) => {
      handle(message, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
    });
    created.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    return created;
  }

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await seen(message);
    requests.push(request);
    const effect = faults.take(request.method, request.path);
    const isSpared =
      effect && 'carriedOut' in effect ? effect.carriedOut : effect?.kind !== 'answer' && effect?.kind !== 'cut';
    const answer = isSpared || !effect ? answerTo(objects, request, options.minor ?? '36') : jsonAnswer(200, {});
    deliver(response, answer, effect);
  }

  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    objects,
    get connections() {
      return sockets.size;
    },
    put: (path, object = {}) => put(objects, path, object),
    remove: (path) =>
      void objects.answer({ method: 'DELETE', path: resourcePath(path), query: new URLSearchParams(), body: {} }),
    fail: (fault) => faults.add(fault),
    heal: () => faults.clear(),
    stop: async () => stop(server),
    async start() {
      server = create();
      await listen(server, port);
    },
    close: async () => stop(server),
  };
}

function createKubeServer(
  { tls }: KubeServerOptions,
  listener: (message: IncomingMessage, response: ServerResponse) => void,
): Server {
  if (!tls) return createServer(listener);
  const client = tls.clientAuthority === undefined ? {} : { ca: tls.clientAuthority, requestCert: true };
  return createTlsServer({ cert: tls.certificate, key: tls.key, ...client }, listener);
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

async function seen(message: IncomingMessage): Promise<SeenKubeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const { method = 'GET', url: path = '/', headers } = message;
  return { method, path, headers, body: Buffer.concat(chunks).toString() };
}

function answerTo(objects: ServedObjects, { method, path, body }: SeenKubeRequest, minor: string): KubeAnswer {
  const url = new URL(path, 'http://kube');
  if (url.pathname === '/version') return jsonAnswer(200, { major: '1', minor, gitVersion: `v1.${minor}.0` });
  const resource = parseKubePath(url.pathname);
  if (!resource) return { status: 404, body: '404 page not found' };
  if (resource.subresource === 'eviction') return statusAnswer(201, '', 'evicted');
  return objects.answer({ method, path: resource, query: url.searchParams, body: body === '' ? {} : JSON.parse(body) });
}

function resourcePath(path: string) {
  const parsed = parseKubePath(path);
  if (!parsed) throw new Error(`${path} is no path of the API`);
  return parsed;
}

function put(objects: ServedObjects, path: string, object: Readonly<Record<string, unknown>>): StoredObject {
  const { resource, namespace, name = '' } = resourcePath(path);
  const metadata = { ...(object['metadata'] as object | undefined), name, ...(namespace ? { namespace } : {}) };
  return objects.history.put(`${resource}//${namespace ?? ''}//${name}`, { ...object, metadata });
}

function deliver(response: ServerResponse, answer: KubeAnswer, effect: KubeFaultEffect | undefined): void {
  if (effect?.kind === 'hang') return;
  if (effect?.kind === 'cut') {
    response.destroy();
    return;
  }
  if (effect?.kind === 'answer') {
    const body = typeof effect.body === 'string' ? effect.body : JSON.stringify(effect.body ?? {});
    response.writeHead(effect.status, { 'content-type': 'application/json', ...effect.headers }).end(body);
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.flushHeaders();
  if (effect?.kind === 'partial') deliverPart(response, answer, effect);
  else if (effect?.kind === 'drip') void drip(response, Buffer.from(answer.body), effect.bytes);
  else deliverAll(response, answer);
}

function deliverAll(response: ServerResponse, answer: KubeAnswer): void {
  if (!answer.stream) {
    response.end(answer.body);
    return;
  }
  response.write(answer.body);
  const write = (text: string): void => void (response.writableEnded || response.write(text));
  response.once(
    'close',
    answer.stream(write, () => response.end()),
  );
}

// Counts what a stream writes later too: the line that exceeds the bytes is cut where they end.
function deliverPart(
  response: ServerResponse,
  answer: KubeAnswer,
  { bytes, after }: Extract<KubeFaultEffect, { kind: 'partial' }>,
): void {
  let left = bytes;
  const write = (text: string): void => {
    const part = Buffer.from(text).subarray(0, Math.max(0, left));
    left -= Buffer.byteLength(text);
    // Destroyed only after the part has left: a cut connection drops what it still holds.
    if (part.length > 0) response.write(part, () => left <= 0 && after === 'cut' && response.destroy());
    else if (left <= 0 && after === 'cut') response.destroy();
  };
  write(answer.body);
  if (answer.stream)
    response.once(
      'close',
      answer.stream(write, () => response.end()),
    );
}

async function drip(response: ServerResponse, body: Buffer, bytes: number): Promise<void> {
  for (let start = 0; start < body.length && !response.destroyed; start += bytes) {
    response.write(body.subarray(start, start + bytes));
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
}
