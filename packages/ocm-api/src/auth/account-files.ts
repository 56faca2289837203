import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';
import type { AccountStore, ServiceAccount } from './accounts.ts';
import { createSigningKey, readSigningKey, type SigningKey } from './signing-key.ts';

/**
 * Accounts and the signing key as files of a directory that only its owner reads: a program that makes tokens and the server
 * that takes them need nothing else in common, and either may run without the other.
 */
export interface AuthDirectory extends AccountStore {
  readonly key: SigningKey;
  save(account: ServiceAccount): void;
  /** Notes where a running server gives out tokens. */
  publish(tokenUrl: string): void;
  /** Where the server that ran last gives them out. */
  tokenUrl(): string | undefined;
}

/** Opens the directory; makes the key where there is none. Throws `CodedError` `ocm-files`. */
export function openAuthDirectory(directory: string): AuthDirectory {
  const accounts = join(directory, 'accounts');
  guarded(accounts, () => mkdirSync(accounts, { recursive: true, mode: 0o700 }));
  const key = guarded(directory, () => readSigningKey(keyText(join(directory, 'signing.key'))));
  const fileOf = (clientId: string): string => join(accounts, `${clientId}.json`);
  return {
    key,
    find: (clientId) => Promise.resolve(isClientId(clientId) ? readAccount(fileOf(clientId)) : undefined),
    publish: (tokenUrl) => writePrivate(join(directory, 'token-url'), `${tokenUrl}\n`),
    tokenUrl: () => guarded(directory, () => readText(join(directory, 'token-url')))?.trim(),
    save: (account) => writePrivate(fileOf(account.clientId), `${JSON.stringify(account)}\n`),
  };
}

// What comes from a request must not lead to another file.
function isClientId(text: string): boolean {
  return text.length <= 100 && /^[a-z0-9][a-z0-9-]*$/.test(text);
}

function keyText(path: string): string {
  const found = readText(path);
  if (found !== undefined) return found;
  const text = createSigningKey();
  try {
    // Two programs that start at once must not use two keys.
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return readFileSync(path, 'utf8');
  }
  return text;
}

function readAccount(path: string): ServiceAccount | undefined {
  const text = guarded(path, () => readText(path));
  return text === undefined ? undefined : guarded(path, () => JSON.parse(text) as ServiceAccount);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function writePrivate(path: string, text: string): void {
  const beside = `${path}.${process.pid}.new`;
  guarded(path, () => {
    writeFileSync(beside, text, { mode: 0o600 });
    renameSync(beside, path);
  });
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new CodedError('ocm-files', `cannot use ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      hint: 'choose a data directory that this user owns, or make room on its disk',
      cause,
    });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
