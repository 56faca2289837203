import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import { networkError } from './network-error.ts';
import { type ProxySettings, proxyFor, proxyFromEnvironment } from './proxy.ts';
import { secureContextOf, type TrustOptions } from './trust.ts';

export interface TransportOptions extends TrustOptions {
  /** Certificates are not verified. */
  readonly insecure?: boolean | undefined;
  /** Those of the environment unless set. */
  readonly proxy?: ProxySettings | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
}

/** In milliseconds. `idle` is the longest silence within a body. */
export interface Timeouts {
  readonly connect: number;
  readonly headers: number;
  readonly idle: number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Must be read, or given to `discardBody`. */
  readonly body: Readable;
  /** Where the answer came from, after redirects. */
  readonly url: URL;
}

const defaultTimeouts: Timeouts = { connect: 10_000, headers: 30_000, idle: 30_000 };

/** Sends single requests, over connections that it keeps. Close it. */
export class Transport {
  readonly #options: TransportOptions;
  readonly #timeouts: Timeouts;
  readonly #proxy: ProxySettings;
  readonly #dispatchers = new Map<string, Dispatcher>();

  constructor(options: TransportOptions = {}) {
    this.#options = options;
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.#proxy = options.proxy ?? proxyFromEnvironment(process.env);
  }

  /** One request, no redirect, no retry. Rejects with a `RegistryError` when there is no answer. */
  async send({ method, url, headers, body, signal }: HttpRequest): Promise<HttpResponse> {
    try {
      const sent = request(url, {
        method,
        headers: { 'user-agent': 'pullpath', ...headers },
        dispatcher: this.#dispatcherFor(url),
        headersTimeout: this.#timeouts.headers,
        bodyTimeout: this.#timeouts.idle,
        ...(body === undefined ? {} : { body }),
        ...(signal ? { signal } : {}),
      });
      const response = await untilAborted(sent, signal);
      return { status: response.statusCode, headers: response.headers, body: response.body, url };
    } catch (error) {
      throw networkError(error, url.host, signal);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
    this.#dispatchers.clear();
  }

  #dispatcherFor(url: URL): Dispatcher {
    const proxy = proxyFor(this.#proxy, url);
    const known = this.#dispatchers.get(proxy ?? '');
    if (known) return known;
    const dispatcher = this.#createDispatcher(proxy);
    this.#dispatchers.set(proxy ?? '', dispatcher);
    return dispatcher;
  }

  #createDispatcher(proxy: string | undefined): Dispatcher {
    const tls = { secureContext: secureContextOf(this.#options), rejectUnauthorized: this.#options.insecure !== true };
    const timeout = this.#timeouts.connect;
    if (proxy === undefined) return new Agent({ allowH2: false, connect: { ...tls, timeout } });
    return new ProxyAgent({ uri: proxy, allowH2: false, requestTls: tls, connect: { timeout } });
  }
}

// undici heeds the signal once it is connected, and a host that swallows packets never gets that far.
function untilAborted<T>(sent: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return sent;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    void sent.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
