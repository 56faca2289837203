import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';

/** Seals values at rest (AES-256-GCM). A sealed value starts with a byte that no JSON starts with. */
export interface Cipher {
  seal(plain: Uint8Array, context: string): Uint8Array;
  /** Gives back what was sealed; a value that never was sealed as it is. Throws where it was changed, or sealed with another key. */
  open(stored: Uint8Array, context: string): Uint8Array;
  /** To be kept with the state: tells later whether a key is the one of this state. */
  readonly proof: string;
}

const mark = 1;
const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;

/** Where the key of a data directory is. */
export function keyFileOf(directory: string): string {
  return join(directory, 'encryption.key');
}

/**
 * Reads the key file of a data directory, or makes it (0600) where there is none. `proof` is what an earlier cipher of this
 * state gave: a key that does not open it is refused, and none is made beside it. Throws `CodedError` `store-key-wrong`.
 */
export function openCipher(directory: string, proof: string | undefined): Cipher {
  const file = keyFileOf(directory);
  const key = readKey(file) ?? makeKey(file, proof);
  if (proof !== undefined && !opens(key, Buffer.from(proof, 'base64')))
    throw wrongKey(`${file} is not the key that this state was written with`, directory);
  return {
    proof: proof ?? Buffer.from(seal(key, Buffer.from(proofText), proofText)).toString('base64'),
    seal: (plain, context) => seal(key, plain, context),
    open: (stored, context) => (stored[0] === mark ? unseal(key, stored, context) : stored),
  };
}

const proofText = 'pullpath encryption key';

function opens(key: Buffer, proof: Uint8Array): boolean {
  try {
    return Buffer.from(unseal(key, proof, proofText)).toString() === proofText;
  } catch {
    return false;
  }
}

function wrongKey(message: string, directory: string): CodedError {
  return new CodedError('store-key-wrong', message, {
    hint: `put the right key back, or a backup together with its key: pullpath restore FILE --data-dir ${directory}`,
  });
}

function readKey(file: string): Buffer | undefined {
  const existing = readIfPresent(file);
  if (existing && existing.length !== keyLength)
    throw wrongKey(`${file} does not hold a key of ${keyLength} bytes`, dirname(file));
  return existing;
}

function makeKey(file: string, proof: string | undefined): Buffer {
  if (proof !== undefined) throw wrongKey(`${file} is missing`, dirname(file));
  const key = randomBytes(keyLength);
  // "wx": a second process that makes a key at the same moment fails instead of replacing ours.
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, key);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return key;
}

function readIfPresent(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

// The object's own key is authenticated with it, so that rows cannot be exchanged inside the file.
function seal(key: Buffer, plain: Uint8Array, context: string): Uint8Array {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(mark), nonce, cipher.getAuthTag(), body]);
}

function unseal(key: Buffer, stored: Uint8Array, context: string): Uint8Array {
  const nonce = stored.subarray(1, 1 + nonceLength);
  const tag = stored.subarray(1 + nonceLength, 1 + nonceLength + tagLength);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context)).setAuthTag(tag);
  return Buffer.concat([decipher.update(stored.subarray(1 + nonceLength + tagLength)), decipher.final()]);
}
