import { discardBody, readBody } from '../http/body.ts';
import { followRedirects } from '../http/redirects.ts';
import { type RetryPolicy, sendWithRetry } from '../http/retry.ts';
import type { HttpRequest, HttpResponse, Transport } from '../http/transport.ts';
import { RegistryError } from '../registry-error.ts';
import type { Challenge } from './challenge.ts';
import { basicAuthorization, type Credentials } from './credentials.ts';

export interface TokenRequest {
  /** The Bearer challenge of the registry. */
  readonly challenge: Challenge;
  /** `repository:NAME:pull`, none for the registry itself. */
  readonly scopes: readonly string[];
  readonly credentials: Credentials | undefined;
  /** True when the registry itself was reached over TLS. */
  readonly secure: boolean;
  readonly signal?: AbortSignal | undefined;
}

interface CachedToken {
  readonly token: string;
  /** On the clock of `now`. */
  readonly refreshAt: number;
}

const answerLimit = 1 << 20;
const shortestLifetime = 60;

/**
 * Gets bearer tokens and keeps them by realm, service, scopes and user until a tenth before their end (distribution
 * token and OAuth2 specifications). Lifetimes below a minute count as a minute, as in containers/image.
 */
export class TokenSource {
  readonly #transport: Transport;
  readonly #retry: RetryPolicy;
  readonly #now: () => number;
  readonly #tokens = new Map<string, CachedToken>();

  constructor(transport: Transport, retry: RetryPolicy, now: () => number) {
    this.#transport = transport;
    this.#retry = retry;
    this.#now = now;
  }

  /** A token; `refused` is one that the registry did not take, so it is not given again. */
  async token(request: TokenRequest, refused?: string): Promise<string> {
    const realm = realmOf(request);
    const key = JSON.stringify([realm.href, service(request), request.scopes, request.credentials?.username]);
    const cached = this.#tokens.get(key);
    if (cached && cached.token !== refused && this.#now() < cached.refreshAt) return cached.token;
    const { token, lifetime } = await this.#fetch(realm, request);
    this.#tokens.set(key, { token, refreshAt: this.#now() + lifetime * 900 });
    return token;
  }

  async #fetch(realm: URL, request: TokenRequest): Promise<{ readonly token: string; readonly lifetime: number }> {
    const response = request.credentials?.identityToken
      ? await this.#transport.send(refreshRequest(realm, request, request.credentials.identityToken))
      : await this.#get(passwordRequest(realm, request));
    if (response.status !== 200) throw await refusal(response, realm, request);
    const body = await readBody(response.body, answerLimit, `the token answer of ${realm.host}`, request.signal);
    return readToken(body, realm);
  }

  #get(request: HttpRequest): Promise<HttpResponse> {
    const send = (single: HttpRequest): Promise<HttpResponse> => this.#transport.send(single);
    return sendWithRetry((single) => followRedirects(send, single), request, this.#retry);
  }
}

function realmOf({ challenge, secure, credentials }: TokenRequest): URL {
  const realm = URL.parse(challenge.parameters.get('realm') ?? '');
  if (!realm || (realm.protocol !== 'https:' && realm.protocol !== 'http:'))
    throw new RegistryError('registry-token', 'the registry names no usable address for tokens (realm)');
  if (secure && credentials && realm.protocol === 'http:') {
    const hint = 'credentials are not sent without TLS; the registry must name an https realm';
    throw new RegistryError('registry-token', `the registry sends for tokens to ${realm.host} without TLS`, { hint });
  }
  return realm;
}

function service({ challenge }: TokenRequest): string | undefined {
  return challenge.parameters.get('service');
}

function passwordRequest(realm: URL, request: TokenRequest): HttpRequest {
  const url = new URL(realm);
  const { credentials, scopes, signal } = request;
  if (credentials) url.searchParams.set('account', credentials.username);
  const name = service(request);
  if (name !== undefined) url.searchParams.set('service', name);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  const headers = credentials ? { authorization: basicAuthorization(credentials) } : {};
  return { method: 'GET', url, headers, signal };
}

// Sent once and not redirected: the body is the secret.
function refreshRequest(realm: URL, request: TokenRequest, identityToken: string): HttpRequest {
  const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'pullpath' });
  const name = service(request);
  if (name !== undefined) form.set('service', name);
  if (request.scopes.length > 0) form.set('scope', request.scopes.join(' '));
  form.set('refresh_token', identityToken);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', url: realm, headers, body: form.toString(), signal: request.signal };
}

async function refusal({ status, body }: HttpResponse, realm: URL, request: TokenRequest): Promise<RegistryError> {
  discardBody(body);
  if (status !== 401 && status !== 403)
    return new RegistryError('registry-token', `${realm.host} answers ${status} instead of a token`, { status });
  const who = request.credentials ? 'refuses the credentials' : 'gives no token without credentials';
  const code = status === 401 ? 'registry-unauthorized' : 'registry-denied';
  return new RegistryError(code, `${realm.host} ${who}`, { status, hint: credentialHint });
}

/** What to do about credentials that are missing or wrong. */
export const credentialHint = 'check the entry of this registry in the pull secret or auth.json';

function readToken(body: Buffer, realm: URL): { readonly token: string; readonly lifetime: number } {
  const answer = parseAnswer(body, realm);
  const token = [answer['token'], answer['access_token']].find((value) => typeof value === 'string' && value !== '');
  if (typeof token !== 'string') throw new RegistryError('registry-token', `${realm.host} answers without a token`);
  const lifetime = Number(answer['expires_in'] ?? shortestLifetime);
  return { token, lifetime: lifetime > shortestLifetime ? lifetime : shortestLifetime };
}

function parseAnswer(body: Buffer, realm: URL): Readonly<Record<string, unknown>> {
  try {
    const answer: unknown = JSON.parse(body.toString());
    if (answer !== null && typeof answer === 'object') return answer as Readonly<Record<string, unknown>>;
  } catch (cause) {
    // The body may hold a token, so not even the parser's excerpt of it is passed on.
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw new RegistryError('registry-token', `${realm.host} answers with something that is no JSON object`);
}
