import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Transport, TransportRequest, TransportResponse } from '../transport/transport.ts';
import type { Credentials, KubeConnection, TlsSettings } from './connection.ts';
import { createDispatcher } from './dispatcher.ts';
import { networkError } from './network-error.ts';

/** A transport over connections of its own: two clients that must not delay each other take one each. */
export function undiciTransport(connection: KubeConnection): Transport {
  const connections = new Connections(connection);
  return {
    send: async (request) => send(connections, request),
    close: async () => connections.close(),
  };
}

// Credentials that were replaced on the side of the server are a 401 once: an exec plugin has newer ones.
async function send(connections: Connections, request: TransportRequest): Promise<TransportResponse> {
  const response = await exchange(connections, request);
  if (response.status !== 401) return response;
  connections.renew();
  for await (const _ of response.body);
  return exchange(connections, request);
}

async function exchange(connections: Connections, request: TransportRequest): Promise<TransportResponse> {
  const { method, path, headers, body, signal } = request;
  const { host, origin, pathname } = connections.server;
  try {
    const credentials = await unlessAborted(connections.credentials(), signal);
    const response = await connections.dispatcherFor(credentials.tls).request({
      origin,
      method,
      path: `${pathname.replace(/\/$/, '')}${path}`,
      headers: { ...headers, ...credentials.headers },
      signal,
      ...(body === undefined ? {} : { body }),
    });
    const responseHeaders = { get: (name: string) => headerOf(response.headers, name) };
    return { status: response.statusCode, headers: responseHeaders, body: chunks(response.body, host, signal) };
  } catch (error) {
    throw networkError(error, host, signal);
  }
}

// A plugin that waits for someone must not hold a request beyond its deadline.
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let leave = (): void => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(new Error('the signal was aborted'));
  });
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  try {
    return await Promise.race([promise, left]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

async function* chunks(body: Readable, host: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    throw networkError(error, host, signal);
  }
}

class Connections {
  readonly server: URL;
  readonly #connection: KubeConnection;
  #current: { readonly tls: TlsSettings; readonly dispatcher: Dispatcher } | undefined;

  constructor(connection: KubeConnection) {
    this.server = connection.server;
    this.#connection = connection;
  }

  async credentials(): Promise<Credentials> {
    return this.#connection.credentials();
  }

  renew(): void {
    this.#connection.renew();
  }

  // New certificates need new connections; what is under way on the old ones may end.
  dispatcherFor(tls: TlsSettings): Dispatcher {
    if (this.#current && isSame(this.#current.tls, tls)) return this.#current.dispatcher;
    void this.#current?.dispatcher.close();
    const dispatcher = createDispatcher(this.server, tls, this.#connection.proxyUrl);
    this.#current = { tls, dispatcher };
    return dispatcher;
  }

  async close(): Promise<void> {
    await this.#current?.dispatcher.destroy();
    this.#current = undefined;
  }
}

function isSame(one: TlsSettings, other: TlsSettings): boolean {
  const keys = ['ca', 'certificate', 'key', 'serverName', 'insecure'] as const;
  return one === other || keys.every((key) => one[key] === other[key]);
}
