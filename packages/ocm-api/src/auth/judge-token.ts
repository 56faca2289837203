import { claimsOf, expiryOf } from '../client/token/claims.ts';
import { pullpathIssuer } from '../model/issuer.ts';
import type { Grantee } from './issue-token.ts';
import { type Claims, verifyToken } from './jwt.ts';
import type { SigningKey } from './signing-key.ts';

export interface Expected {
  readonly use: 'Bearer' | 'Refresh';
  /** Seconds since 1970. */
  readonly now: number;
}

/** Whose token this is, or the words of the published SDK for why it is no good (ocm-sdk-go `authentication/handler.go`). */
export function judgeToken(
  key: SigningKey,
  token: string,
  { use, now }: Expected,
): Grantee | { readonly fault: string } {
  const claims = verifyToken(key, token);
  if (typeof claims === 'string') return { fault: endedBefore(token, now) ? faults.expired : faults[claims] };
  if (claims['iss'] !== pullpathIssuer) return { fault: faults.unverifiable };
  if (typeof claims['exp'] !== 'number' || claims['exp'] <= now) return { fault: faults.expired };
  if (claims['typ'] !== use) return { fault: `Bearer token type '${textOf(claims['typ'])}' isn't allowed` };
  return granteeOf(claims) ?? { fault: "Bearer token isn't valid" };
}

const faults = {
  malformed: 'Bearer token is malformed',
  unverifiable: "Bearer token can't be verified",
  forged: "Signature of bearer token isn't valid",
  expired: 'Bearer token is expired',
} as const;

// An old token of another key is refused either way; that it is old helps more.
function endedBefore(token: string, now: number): boolean {
  const ends = expiryOf(claimsOf(token));
  return ends !== undefined && ends <= now * 1000;
}

// A scope that cannot be read must not become no scope at all.
function granteeOf(claims: Claims): Grantee | undefined {
  const { sub, clientId, clusters } = claims;
  if (typeof sub !== 'string' || sub === '') return undefined;
  if (clusters !== undefined && !isTexts(clusters)) return undefined;
  return { username: sub, clientId: textOf(clientId) || undefined, clusters };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
