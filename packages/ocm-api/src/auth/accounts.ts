import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A service account as it is kept: of the secret there is only a digest. */
export interface ServiceAccount {
  readonly clientId: string;
  readonly name: string;
  /** SHA-256 of the secret, in hexadecimal: the secret has 256 random bits, so that no slower digest is needed. */
  readonly secretDigest: string;
  /** Ids of the clusters that its tokens are good for; all where undefined. */
  readonly clusters?: readonly string[] | undefined;
}

/** Where accounts are looked up. */
export interface AccountStore {
  find(clientId: string): Promise<ServiceAccount | undefined>;
}

/** A new secret, told once. */
export function createSecret(): { readonly secret: string; readonly secretDigest: string } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, secretDigest: digestOf(secret).toString('hex') };
}

/** Whether a secret is that of the account; takes as long whichever it is. */
export function isSecretOf(account: ServiceAccount, secret: string): boolean {
  const expected = Buffer.from(account.secretDigest, 'hex');
  const given = digestOf(secret);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
