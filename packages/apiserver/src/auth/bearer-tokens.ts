import { createHash, randomBytes } from 'node:crypto';
import type { User } from '../http/exchange.ts';
import type { Store } from '../store/store.ts';

/**
 * Issues a bearer token for a user of a logical cluster and gives it, once: only its hash is kept. The same user may have
 * several.
 */
export async function issueToken(store: Store, cluster: string, user: User): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await store.write(collectionOfTokens(cluster), hashOf(token), () => ({ metadata: {}, user }));
  return token;
}

/** The user of an issued token, or undefined. What is compared is a hash, so time tells nothing of the token. */
export function userOfToken(store: Store, cluster: string, token: string): User | undefined {
  return store.get(collectionOfTokens(cluster), hashOf(token))?.object['user'] as User | undefined;
}

/** Makes a token worthless. */
export async function revokeToken(store: Store, cluster: string, token: string): Promise<void> {
  await store.write(collectionOfTokens(cluster), hashOf(token), () => 'delete');
}

// A group that no request can name: the objects are the server's own.
function collectionOfTokens(cluster: string): string {
  return `${cluster}/-/bearertokens`;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
