import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';

/** Seals values at rest (AES-256-GCM). A sealed value starts with a byte that no JSON starts with. */
export interface Cipher {
  seal(plain: Uint8Array, context: string): Uint8Array;
  /** Gives back what was sealed; a value that never was sealed as it is. Throws `CodedError` `store-key-wrong`. */
  open(stored: Uint8Array, context: string): Uint8Array;
}

const mark = 1;
const nonceLength = 12;
const tagLength = 16;

/** Reads the key file of a data directory, or makes it (0600) where there is none. */
export function openCipher(directory: string): Cipher {
  const key = readKey(join(directory, 'encryption.key'));
  return {
    seal: (plain, context) => seal(key, plain, context),
    open: (stored, context) => (stored[0] === mark ? unseal(key, stored, context) : stored),
  };
}

function readKey(file: string): Buffer {
  const existing = readIfPresent(file);
  if (existing) {
    if (existing.length === 32) return existing;
    throw new CodedError('store-key-wrong', `${file} does not hold a key of 32 bytes`, {
      hint: 'restore the key file that belongs to this store',
    });
  }
  const key = randomBytes(32);
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
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context)).setAuthTag(tag);
    return Buffer.concat([decipher.update(stored.subarray(1 + nonceLength + tagLength)), decipher.final()]);
  } catch (cause) {
    throw new CodedError('store-key-wrong', `${context} was encrypted with another key`, {
      hint: 'restore the key file that belongs to this store',
      cause,
    });
  }
}
