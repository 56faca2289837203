import { sign, verify } from 'node:crypto';
import type { SigningKey } from './signing-key.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** Why a token is no good. */
export type TokenFault = 'malformed' | 'unverifiable' | 'forged';

const longest = 8192;

/** A signed JSON Web Token (RFC 7519, ES256). */
export function signToken({ id, privateKey }: SigningKey, claims: Claims): string {
  const text = `${encode({ alg: 'ES256', typ: 'JWT', kid: id })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

/**
 * The claims of a token that this key has signed. The algorithm is ours and never the token's choice: a header that names
 * another one, `none` among them, is refused before anything is computed. Times and use are for the caller to judge.
 */
export function verifyToken({ id, publicKey }: SigningKey, token: string): Claims | TokenFault {
  const [head = '', body = '', signature = '', ...rest] = token.length > longest ? [] : token.split('.');
  const header = decode(head);
  const claims = decode(body);
  if (rest.length > 0 || !header || !claims) return 'malformed';
  if (header['alg'] !== 'ES256' || header['kid'] !== id || 'crit' in header) return 'unverifiable';
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  const isGenuine = verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'));
  return isGenuine ? claims : 'forged';
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
  } catch {
    // Not a swallowed failure: what is not JSON is no part of a token, and the caller says so.
    return undefined;
  }
}
