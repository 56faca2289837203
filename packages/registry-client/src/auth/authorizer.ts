import type { HttpRequest, HttpResponse } from '../http/transport.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { basicAuthorization, type Credentials } from './credentials.ts';
import type { TokenSource } from './token-source.ts';

export interface Authorization {
  /** Absent when the registry asks for none, or for one that cannot be given. */
  readonly header?: string | undefined;
  /** Set for a bearer token. */
  readonly token?: string | undefined;
}

/** Remembers how a registry wants to be asked and makes the headers for it. */
export class Authorizer {
  readonly #tokens: TokenSource;
  #challenges: readonly Challenge[] = [];

  constructor(tokens: TokenSource) {
    this.#tokens = tokens;
  }

  /** Takes the challenges of a 401; an answer without any changes nothing. */
  learn({ headers }: HttpResponse): void {
    const header = headers['www-authenticate'];
    const challenges = parseChallenges(Array.isArray(header) ? header.join(', ') : (header ?? ''));
    if (challenges.length > 0) this.#challenges = challenges;
  }

  /** The header for a request that needs `scopes`. The first scheme that is known counts, as in containers/image. */
  async authorize(
    request: HttpRequest,
    scopes: readonly string[],
    credentials: Credentials | undefined,
    refused?: string,
  ): Promise<Authorization> {
    const challenge = this.#challenges.find(({ scheme }) => scheme === 'basic' || scheme === 'bearer');
    if (challenge?.scheme === 'basic') return credentials ? { header: basicAuthorization(credentials) } : {};
    if (challenge?.scheme !== 'bearer') return {};
    const secure = request.url.protocol === 'https:';
    const wanted = { challenge, scopes: mergeScopes(scopes, challenge), credentials, secure, signal: request.signal };
    const token = await this.#tokens.token(wanted, refused);
    return { header: `Bearer ${token}`, token };
  }
}

// A registry that says `insufficient_scope` names what it wants beside what was asked for.
function mergeScopes(scopes: readonly string[], { parameters }: Challenge): string[] {
  const asked = parameters.get('error') === 'insufficient_scope' ? (parameters.get('scope') ?? '') : '';
  return [...new Set([...scopes, ...asked.split(' ').filter(Boolean)])];
}
