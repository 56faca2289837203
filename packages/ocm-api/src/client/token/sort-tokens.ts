import { OcmError } from '../ocm-error.ts';
import { textOf } from '../read-json.ts';
import { claimsOf, expiryOf } from './claims.ts';

/** A token with the time of its end, in milliseconds since 1970; undefined where it has none. */
export interface HeldToken {
  readonly text: string;
  readonly expires: number | undefined;
}

/** The tokens of a user by their use. */
export interface SortedTokens {
  readonly access?: HeldToken;
  readonly refresh?: HeldToken;
  /** The token of a pull secret, `uuid:base64`, which is sent as it is. */
  readonly pullSecret?: string;
}

/**
 * Tells access and refresh tokens apart by their claims `token_use` or `typ`; without one the first is for access, the
 * second for refreshing. What is no JWT is an opaque refresh token. Throws `ocm-token` for a kind that is not known.
 */
export function sortTokens(tokens: readonly string[]): SortedTokens {
  let sorted: SortedTokens = {};
  for (const [at, text] of tokens.entries()) sorted = { ...sorted, ...sortedToken(text, at, sorted) };
  return sorted;
}

function sortedToken(text: string, at: number, { access }: SortedTokens): SortedTokens {
  const claims = claimsOf(text);
  if (claims === undefined)
    return isPullSecret(text) ? { pullSecret: text } : { refresh: { text, expires: undefined } };
  const held = { text, expires: expiryOf(claims) };
  const kind = (textOf(claims['token_use']) ?? textOf(claims['typ']) ?? '').toLowerCase();
  if (kind === '') return access === undefined ? { access: held } : { refresh: held };
  if (kind === 'bearer' || kind === 'access') return { access: held };
  if (kind === 'refresh' || kind === 'offline') return { refresh: held };
  throw new OcmError('ocm-token', `type '${kind}' of token ${at} is unknown`, {
    hint: 'give an access token, a refresh token, or a client id and secret',
  });
}

function isPullSecret(text: string): boolean {
  const [id = '', secret = '', ...rest] = text.split(':');
  return rest.length === 0 && secret !== '' && /^[\da-f-]{36}$/i.test(id);
}
