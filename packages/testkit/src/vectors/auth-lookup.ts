import { findCredentials, normalizeAuthKey, readAuthFile, validateAuthKey } from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

/** node-config `auth-lookup`: containers/image `pkg/docker/config`. */
export const authLookup: Area = {
  findCredentials: ({ authJson, legacy, key }: { authJson: string | null; legacy: boolean; key: string }) => {
    const files = authJson === null ? [] : [readAuthFile({ file: 'auth.json', text: authJson, legacy })];
    const found = findCredentials(files, key);
    if (found.kind === 'error') return { error: { code: recordedCode(found.code) } };
    return found.kind === 'found' ? found.credentials : { username: '', password: '', identityToken: '' };
  },
  normalizeAuthKey: ({ key, legacy }: { key: string; legacy: boolean }) => ({ value: normalizeAuthKey(key, legacy) }),
  validateKey: ({ key }: { key: string }) => {
    const checked = validateAuthKey(key);
    return checked.ok ? { namespaced: checked.namespaced } : { error: { code: checked.code } };
  },
};

function recordedCode(code: string): string {
  return code === 'auth-json-syntax' || code === 'auth-json-type' ? 'json-syntax-or-type' : code;
}
