import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';
import { type KeyPair, mintAuthority, mintClient, mintServer, needsRenewal } from './certificates.ts';

/** The certificates of a data directory. */
export interface Identity {
  readonly authority: KeyPair;
  readonly server: KeyPair;
  readonly admin: KeyPair;
}

/** User and group of the admin kubeconfig; the group may do anything. */
export const adminUser = { name: 'pullpath-admin', group: 'system:masters' } as const;

const hosts = ['localhost', '127.0.0.1', '::1'];

/**
 * Reads the certificates of a data directory, and makes those that are missing, end soon or lack a host. Throws
 * `CodedError` `server-files` where they cannot be read or written.
 */
export async function loadIdentity(directory: string, listenHost: string, now: Date): Promise<Identity> {
  const folder = join(directory, 'pki');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unusable(folder, error);
  }
  const names = [...new Set([...hosts, ...(isWildcard(listenHost) ? [] : [listenHost])])];
  const authority = await kept(
    folder,
    'ca',
    () => false,
    () => mintAuthority(now),
  );
  const stale = (pair: KeyPair, of: readonly string[]): boolean => needsRenewal(pair, authority, of, now);
  return {
    authority,
    server: await kept(
      folder,
      'server',
      (pair) => stale(pair, names),
      () => mintServer(authority, names, now),
    ),
    admin: await kept(
      folder,
      'admin',
      (pair) => stale(pair, []),
      () => mintClient(authority, adminUser.name, [adminUser.group], now),
    ),
  };
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '';
}

async function kept(
  folder: string,
  name: string,
  isStale: (pair: KeyPair) => boolean,
  mint: () => Promise<KeyPair>,
): Promise<KeyPair> {
  const paths = { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  const found = readPair(paths);
  if (found && !isStale(found)) return found;
  const pair = await mint();
  writePrivate(paths.key, pair.key);
  writePrivate(paths.certificate, pair.certificate);
  return pair;
}

function readPair({ certificate, key }: { certificate: string; key: string }): KeyPair | undefined {
  try {
    return { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unusable(certificate, error);
  }
}

/** Writes a file that only its owner reads; it is there whole or not at all. Throws `CodedError` `server-files`. */
export function writePrivate(path: string, text: string): void {
  const beside = `${path}.${process.pid}.new`;
  try {
    writeFileSync(beside, text, { mode: 0o600 });
    renameSync(beside, path);
  } catch (error) {
    throw unusable(path, error);
  }
}

function unusable(path: string, error: unknown): CodedError {
  return new CodedError('server-files', `cannot use ${path}: ${(error as Error).message}`, {
    hint: 'choose a data directory that this user owns, or make room on its disk',
    cause: error,
  });
}
