import { answerError } from './answer-error.ts';
import { Authorizer } from './auth/authorizer.ts';
import type { Credentials } from './auth/credentials.ts';
import { TokenSource } from './auth/token-source.ts';
import { endpoint } from './endpoint.ts';
import { discardBody, readBody } from './http/body.ts';
import { followRedirects } from './http/redirects.ts';
import { defaultRetry, type RetryPolicy, sendWithRetry } from './http/retry.ts';
import { type HttpRequest, type HttpResponse, Transport, type TransportOptions } from './http/transport.ts';
import { type Manifest, type ManifestHead, manifestHead, verifiedManifest } from './manifest.ts';
import { manifestMediaTypes } from './media-types.ts';
import { RegistryError } from './registry-error.ts';
import { nextPage, tagsOf } from './tags.ts';

export interface RegistryClientOptions extends TransportOptions {
  /** Those for a repository, without host: `ns/app`. */
  readonly credentials?: ((repository: string) => Credentials | undefined) | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** Largest manifest or page of tags, in bytes. */
  readonly bodyLimit?: number | undefined;
  /** Milliseconds on any clock that only goes forward. */
  readonly now?: (() => number) | undefined;
}

export interface RequestOptions {
  /** Ends the request: a deadline, or a user who gives up. */
  readonly signal?: AbortSignal | undefined;
}

/** How a registry answered `/v2/`. */
export interface PingAnswer {
  readonly scheme: 'https' | 'http';
  readonly status: number;
}

const acceptManifests = { accept: manifestMediaTypes.join(', ') };
const headUnknown: ReadonlySet<number> = new Set([405, 501]);
const defaultBodyLimit = 4 << 20;
const largestPage = 1000;
const mostTags = 1_000_000;

/**
 * Reads from one registry (`host[:port]`) by the OCI distribution specification. Like containers/image it asks `/v2/`
 * first, and over plain HTTP only when `insecure` is set and HTTPS gives no usable answer. Everything rejects with a
 * `RegistryError`. Close it.
 */
export class RegistryClient {
  readonly host: string;
  readonly #options: RegistryClientOptions;
  readonly #transport: Transport;
  readonly #retry: RetryPolicy;
  readonly #authorizer: Authorizer;
  #pinged: Promise<PingAnswer> | undefined;

  constructor(host: string, options: RegistryClientOptions = {}) {
    this.host = host;
    this.#options = options;
    this.#transport = new Transport(options);
    this.#retry = { ...defaultRetry, ...options.retry };
    const now = options.now ?? (() => performance.now());
    this.#authorizer = new Authorizer(new TokenSource(this.#transport, this.#retry, now));
  }

  /** Asks whether a registry is there; only 200 and 401 say so. Remembers success. */
  async ping(options: RequestOptions = {}): Promise<PingAnswer> {
    this.#pinged ??= this.#ping(options);
    try {
      return await this.#pinged;
    } catch (error) {
      this.#pinged = undefined;
      throw error;
    }
  }

  /** Whether a manifest is there, and which; `reference` is a tag or a digest. */
  async headManifest(repository: string, reference: string, options: RequestOptions = {}): Promise<ManifestHead> {
    const url = await this.#manifestUrl(repository, reference, options);
    const response = await this.#ask('HEAD', url, repository, acceptManifests, options);
    if (response.status !== 200 && !headUnknown.has(response.status))
      throw await this.#error(response, manifestName(repository, reference), repository);
    discardBody(response.body);
    // Some registries do not know HEAD; GET says the same.
    if (headUnknown.has(response.status)) return this.getManifest(repository, reference, options);
    return manifestHead(response, reference);
  }

  /** A manifest whose bytes have the digest that was asked for, or that the registry states. */
  async getManifest(repository: string, reference: string, options: RequestOptions = {}): Promise<Manifest> {
    const url = await this.#manifestUrl(repository, reference, options);
    const response = await this.#ask('GET', url, repository, acceptManifests, options);
    if (response.status !== 200) throw await this.#error(response, manifestName(repository, reference), repository);
    const head = manifestHead(response, reference);
    const bytes = await this.#read(response, `the manifest of ${repository}`, options);
    return verifiedManifest(head, bytes, response.url);
  }

  /** Every tag of a repository, page by page in the registry's order. */
  async *listTags(repository: string, options: RequestOptions = {}): AsyncGenerator<string, void, undefined> {
    const visited = new Set<string>();
    let url: URL | undefined = await this.#url(`${repository}/tags/list?n=${largestPage}`, options);
    for (let count = 0; url !== undefined && count < mostTags; ) {
      if (visited.has(url.href)) throw new RegistryError('registry-protocol', `${this.host} repeats a page of tags`);
      visited.add(url.href);
      const response = await this.#ask('GET', url, repository, {}, options);
      if (response.status !== 200) throw await this.#error(response, `the tags of ${repository}`, repository);
      const tags = tagsOf(await this.#read(response, `the tags of ${repository}`, options), this.host);
      yield* tags;
      count += tags.length;
      url = nextPage(response);
    }
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #ping(options: RequestOptions): Promise<PingAnswer> {
    try {
      return await this.#pingOver('https', options);
    } catch (error) {
      if (this.#options.insecure !== true || options.signal?.aborted) throw error;
      return this.#pingOver('http', options);
    }
  }

  async #pingOver(scheme: PingAnswer['scheme'], { signal }: RequestOptions): Promise<PingAnswer> {
    const url = endpoint(scheme, this.host, '');
    const response = await this.#send({ method: 'GET', url, headers: {}, signal });
    if (response.status !== 200 && response.status !== 401) throw await this.#error(response, '/v2/', undefined);
    discardBody(response.body);
    this.#authorizer.learn(response);
    return { scheme, status: response.status };
  }

  async #url(path: string, options: RequestOptions): Promise<URL> {
    const { scheme } = await this.ping(options);
    return endpoint(scheme, this.host, path);
  }

  #manifestUrl(repository: string, reference: string, options: RequestOptions): Promise<URL> {
    return this.#url(`${repository}/manifests/${reference}`, options);
  }

  /** Sends with the authorization that the registry wants; a second time when it wants another one. */
  async #ask(
    method: 'GET' | 'HEAD',
    url: URL,
    repository: string,
    headers: Readonly<Record<string, string>>,
    { signal }: RequestOptions,
  ): Promise<HttpResponse> {
    const request = { method, url, headers, signal };
    const scopes = [`repository:${repository}:pull`];
    const credentials = this.#credentials(repository);
    const first = await this.#authorizer.authorize(request, scopes, credentials);
    const response = await this.#send(withAuthorization(request, first.header));
    if (response.status !== 401) return response;
    this.#authorizer.learn(response);
    const second = await this.#authorizer.authorize(request, scopes, credentials, first.token);
    if (second.header === undefined || second.header === first.header) return response;
    discardBody(response.body);
    return this.#send(withAuthorization(request, second.header));
  }

  #send(request: HttpRequest): Promise<HttpResponse> {
    const send = (single: HttpRequest): Promise<HttpResponse> => this.#transport.send(single);
    return sendWithRetry((single) => followRedirects(send, single), request, this.#retry);
  }

  #read(response: HttpResponse, what: string, { signal }: RequestOptions): Promise<Buffer> {
    const limit = this.#options.bodyLimit ?? defaultBodyLimit;
    return readBody(response.body, limit, `${what} from ${this.host}`, signal);
  }

  #credentials(repository: string): Credentials | undefined {
    return this.#options.credentials?.(repository);
  }

  #error(response: HttpResponse, what: string, repository: string | undefined): Promise<RegistryError> {
    return answerError(response, what, repository === undefined ? undefined : this.#credentials(repository));
  }
}

function manifestName(repository: string, reference: string): string {
  return `the manifest ${repository}${reference.includes(':') ? '@' : ':'}${reference}`;
}

function withAuthorization(request: HttpRequest, authorization: string | undefined): HttpRequest {
  return authorization === undefined ? request : { ...request, headers: { ...request.headers, authorization } };
}
