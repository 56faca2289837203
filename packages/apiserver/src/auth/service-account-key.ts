import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** The key that signs ServiceAccount tokens. */
export interface ServiceAccountKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A new key as PEM text; keep it as safe as the store. */
export function createServiceAccountKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Reads what `createServiceAccountKey` gave. Throws where it is no private key. */
export function readServiceAccountKey(pem: string): ServiceAccountKey {
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const encoded = publicKey.export({ type: 'spki', format: 'der' });
  return { id: createHash('sha256').update(encoded).digest('base64url'), privateKey, publicKey };
}

type Claims = Readonly<Record<string, unknown>>;

/** A signed JSON Web Token (ES256). */
export function signClaims({ id, privateKey }: ServiceAccountKey, claims: Claims): string {
  const text = `${encode({ alg: 'ES256', kid: id })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

/** The claims of a token that the key has signed; undefined for any other text. Times are for the caller to judge. */
export function verifyClaims({ id, publicKey }: ServiceAccountKey, token: string): Claims | undefined {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  const header = decode(head);
  if (rest.length > 0 || header?.['alg'] !== 'ES256' || header['kid'] !== id) return undefined;
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  const isGenuine = verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'));
  return isGenuine ? decode(body) : undefined;
}

function encode(value: Claims): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}
