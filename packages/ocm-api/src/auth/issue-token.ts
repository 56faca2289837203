import { pullpathIssuer } from '../model/issuer.ts';
import { signToken } from './jwt.ts';
import type { SigningKey } from './signing-key.ts';

/** Who may do what. */
export interface Grantee {
  /** Name of the account. */
  readonly username: string;
  readonly clientId?: string | undefined;
  /** Ids of the clusters that it may see and change; all of them, and new ones, where undefined. */
  readonly clusters?: readonly string[] | undefined;
}

export interface TokenTerms {
  /** Seconds since 1970. */
  readonly now: number;
  readonly lifetimeSeconds: number;
  readonly id: string;
}

/** As long as those of Red Hat's service accounts. */
export const accessSeconds: number = 15 * 60;
export const refreshSeconds: number = 10 * 3600;

/** An access token. */
export function issueAccessToken(key: SigningKey, grantee: Grantee, terms: TokenTerms): string {
  return issue(key, 'Bearer', grantee, terms);
}

/** A token that a token endpoint takes in exchange for access tokens. */
export function issueRefreshToken(key: SigningKey, grantee: Grantee, terms: TokenTerms): string {
  return issue(key, 'Refresh', grantee, terms);
}

function issue(key: SigningKey, typ: string, grantee: Grantee, { now, lifetimeSeconds, id }: TokenTerms): string {
  const { username, clientId, clusters } = grantee;
  return signToken(key, {
    iss: pullpathIssuer,
    sub: username,
    typ,
    iat: now,
    exp: now + lifetimeSeconds,
    jti: id,
    preferred_username: username,
    ...(clientId === undefined ? {} : { clientId }),
    ...(clusters === undefined ? {} : { clusters }),
  });
}
