import type { DiagnosticCode } from '@pullpath/diagnostics';
import { type AuthEntry, type AuthFile, type Credentials, decodeAuthEntry, isEmptyCredentials } from './auth-file.ts';

/** Where the credentials of one repository come from. `key` and `file` may be shown, `credentials` must not be. */
export type CredentialLookup =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly file: string; readonly key: string; readonly credentials: Credentials }
  /** The program `docker-credential-<helper>` of the node is asked for the registry. */
  | { readonly kind: 'helper'; readonly file: string; readonly key: string; readonly helper: string }
  /** The runtime gives up before it asks the registry. */
  | { readonly kind: 'error'; readonly code: DiagnosticCode; readonly message: string; readonly file?: string };

/**
 * The credentials that a runtime sends for a repository (`host[:port][/path]`, no tag or digest): the first file that has
 * any. Per file: a credential helper of the host, then the key itself and its parent paths, then an entry whose key is
 * the host in another spelling. Source: containers/image `pkg/docker/config` findCredentialsInFile.
 *
 * Among several spellings of one host upstream takes any; here it is the smallest key.
 */
export function findCredentials(files: readonly AuthFile[], repository: string): CredentialLookup {
  const valid = validateAuthKey(repository);
  if (!valid.ok) return { kind: 'error', code: valid.code, message: valid.message };
  const registry = hostOf(repository);
  for (const file of files) {
    const found = findInFile(file, repository, registry);
    if (found !== undefined) return found;
  }
  return { kind: 'none' };
}

export type AuthKeyCheck =
  | { readonly ok: true; readonly namespaced: boolean }
  | { readonly ok: false; readonly code: DiagnosticCode; readonly message: string };

/**
 * Whether a text may be a key of an auth file: no scheme, no digest, no tag. `namespaced` tells a key with a path from a
 * host. Source: containers/image `pkg/docker/config` validateKey.
 */
export function validateAuthKey(key: string): AuthKeyCheck {
  if (key.startsWith('http://') || key.startsWith('https://'))
    return { ok: false, code: 'auth-key-has-scheme', message: `the key ${key} starts with a URL scheme` };
  if (key.includes('@')) return { ok: false, code: 'auth-key-has-digest', message: `the key ${key} holds an "@"` };
  const slash = key.indexOf('/');
  if (slash !== -1 && key.includes(':', slash))
    return { ok: false, code: 'auth-key-has-tag', message: `the key ${key} holds a ":" after its host` };
  return { ok: true, namespaced: slash !== -1 };
}

/**
 * The host that a key of an auth file stands for: without scheme, and without path where the key is a URL or the file is
 * a `.dockercfg`; the names of Docker Hub are one. Source: containers/image `pkg/docker/config` normalizeAuthFileKey.
 */
export function normalizeAuthKey(key: string, legacy: boolean): string {
  const withoutHttp = key.startsWith('http://') ? key.slice('http://'.length) : key;
  const bare = withoutHttp.startsWith('https://') ? withoutHttp.slice('https://'.length) : withoutHttp;
  return normalizeRegistry(legacy || bare !== key ? hostOf(bare) : bare);
}

function normalizeRegistry(host: string): string {
  return host === 'registry-1.docker.io' || host === 'docker.io' ? 'index.docker.io' : host;
}

function hostOf(repository: string): string {
  const slash = repository.indexOf('/');
  return slash === -1 ? repository : repository.slice(0, slash);
}

function findInFile(file: AuthFile, repository: string, registry: string): CredentialLookup | undefined {
  const [fault] = file.diagnostics;
  if (fault) return { kind: 'error', code: fault.code, message: `${file.file}: ${fault.message}`, file: file.file };
  const helper = file.credHelpers.get(registry);
  if (helper !== undefined) return { kind: 'helper', file: file.file, key: registry, helper };
  const key = exactKey(file, repository, registry) ?? sameHostKey(file, registry);
  return key === undefined ? undefined : read(file, key, file.auths.get(key) as AuthEntry);
}

function exactKey({ auths, legacy }: AuthFile, repository: string, registry: string): string | undefined {
  if (legacy) return auths.has(registry) ? registry : undefined;
  for (let key = repository; ; key = key.slice(0, key.lastIndexOf('/'))) {
    if (auths.has(key)) return key;
    if (!key.includes('/')) return undefined;
  }
}

function sameHostKey({ auths, legacy }: AuthFile, registry: string): string | undefined {
  const host = normalizeRegistry(registry);
  let smallest: string | undefined;
  for (const key of auths.keys()) {
    if (normalizeAuthKey(key, legacy) === host && (smallest === undefined || key < smallest)) smallest = key;
  }
  return smallest;
}

function read({ file }: AuthFile, key: string, entry: AuthEntry): CredentialLookup | undefined {
  const credentials = decodeAuthEntry(entry);
  if (credentials === undefined)
    return { kind: 'error', code: 'auth-bad-base64', message: `${file}: "auth" of the key ${key} is not base64`, file };
  return isEmptyCredentials(credentials) ? undefined : { kind: 'found', file, key, credentials };
}
