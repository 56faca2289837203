import { setTimeout as sleep } from 'node:timers/promises';
import { type Agents, createAgents, originOf, type TrustSettings } from './http/agents.ts';
import { exchange, type HttpAnswer } from './http/exchange.ts';
import { readAnswer } from './http/read-answer.ts';
import { type RetryPace, withRetries } from './http/retry.ts';
import { OcmError } from './ocm-error.ts';
import { type Grant, readTokenAnswer, type TokenAnswer } from './token/request-token.ts';
import { type TokenSettings, TokenSource } from './token/token-source.ts';
import { withTokenText } from './token/with-token-text.ts';

export interface OcmSettings extends TokenSettings, TrustSettings {
  /** Scheme, host and port count. `https://api.openshift.com` unless set. */
  readonly url?: string | undefined;
  /** That of Red Hat's single sign-on unless set. */
  readonly tokenUrl?: string | undefined;
  readonly userAgent?: string | undefined;
  /** Told of every request that was answered, or not; never of tokens or bodies. */
  readonly observe?: ((exchange: SeenExchange) => void) | undefined;
  /** Milliseconds without a byte after which a request ends, 60,000 unless set. */
  readonly silenceMs?: number | undefined;
  readonly now?: (() => number) | undefined;
  readonly pace?: RetryPace | undefined;
}

/** What is told of a request. */
export interface SeenExchange {
  readonly method: string;
  readonly url: string;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  readonly ms: number;
}

/** One call of the API. */
export interface OcmRequest extends CallOptions {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From the root, like `/api/clusters_mgmt/v1/clusters`; ids in it are encoded by `segment`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A connection to an OCM API. Every call rejects with an `OcmError`. */
export interface OcmClient {
  /** Sends one request, with retries, and gives the JSON of the answer; undefined for 204. */
  send(request: OcmRequest): Promise<unknown>;
  /** An access token that lasts for so many milliseconds, a minute unless said, where one can be had. */
  accessToken(options?: CallOptions & { readonly leftMs?: number }): Promise<string>;
  /** The tokens that are held now, for a config file. */
  tokens(): { readonly access: string | undefined; readonly refresh: string | undefined };
  /** Ends idle connections. */
  close(): void;
}

export const defaultUrl = 'https://api.openshift.com';
export const defaultTokenUrl = 'https://sso.redhat.com/auth/realms/redhat-external/protocol/openid-connect/token';

/** Makes a client; nothing is sent yet. Throws `OcmError` for settings that cannot work. */
export function connectOcm(settings: OcmSettings): OcmClient {
  const connection = new Connection(settings);
  return {
    send: (request) => connection.send(request),
    accessToken: ({ signal, leftMs } = {}) => connection.access(signal, leftMs),
    tokens: () => connection.source.current,
    close: () => connection.agents.close(),
  };
}

const machinePace: RetryPace = {
  random: Math.random,
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
};

class Connection {
  readonly agents: Agents;
  readonly source: TokenSource;
  readonly #settings: OcmSettings;
  readonly #origin: URL;
  readonly #pace: RetryPace;

  constructor(settings: OcmSettings) {
    this.#settings = settings;
    this.#origin = originOf(settings.url ?? defaultUrl);
    this.#pace = settings.pace ?? machinePace;
    this.agents = createAgents(settings);
    const request = (grant: Grant, signal: AbortSignal | undefined): Promise<TokenAnswer> =>
      this.#requestToken(grant, signal);
    this.source = new TokenSource({ ...settings, now: settings.now ?? Date.now, request });
  }

  async access(signal: AbortSignal | undefined, leftMs: number | undefined): Promise<string> {
    return withTokenText(() => this.source.access(signal, leftMs));
  }

  async send(request: OcmRequest): Promise<unknown> {
    const authorization = await withTokenText(() => this.source.authorization(request.signal));
    const answer = await this.#withRetries(request, authorization);
    if (answer.status !== 401 || !this.source.drop(authorization)) return readAnswer(answer);
    const renewed = await withTokenText(() => this.source.authorization(request.signal));
    return readAnswer(await this.#withRetries(request, renewed));
  }

  #withRetries({ method, path, query = {}, body, signal }: OcmRequest, authorization: string): Promise<HttpAnswer> {
    const url = new URL(path, this.#origin);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const headers = {
      accept: 'application/json',
      authorization,
      'user-agent': this.#settings.userAgent ?? 'pullpath',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const text = body === undefined ? undefined : JSON.stringify(body, null, 2);
    const attempt = (): Promise<HttpAnswer> => this.#observed({ method, url, headers, body: text, signal });
    return withRetries(method, attempt, this.#pace, signal);
  }

  async #requestToken({ form, headers }: Grant, signal: AbortSignal | undefined): Promise<TokenAnswer> {
    const text = this.#settings.tokenUrl ?? defaultTokenUrl;
    if (!URL.canParse(text)) throw new OcmError('ocm-settings', `can't parse URL '${text}' of the token endpoint`);
    const request = {
      method: 'POST',
      url: new URL(text),
      headers: { ...headers, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      signal,
    };
    // Getting a token changes nothing, so that it is repeated as a read is.
    const answer = await withRetries('GET', () => this.#observed(request), this.#pace, signal);
    return readTokenAnswer(answer, text);
  }

  async #observed(request: Parameters<typeof exchange>[1]): Promise<HttpAnswer> {
    const start = performance.now();
    let status: number | undefined;
    try {
      const answer = await exchange(this.agents, { ...request, silenceMs: this.#settings.silenceMs });
      status = answer.status;
      return answer;
    } finally {
      const { method, url } = request;
      this.#settings.observe?.({ method, url: url.href, status, ms: performance.now() - start });
    }
  }
}
