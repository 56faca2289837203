import { expect, test } from 'vitest';
import { realmWarnings } from '../../src/provider/realm-warning.ts';
import { type ConnectionSettings, readSettings } from '../../src/provider/settings.ts';

function settings(env: Readonly<Record<string, string>>): ConnectionSettings {
  const result = readSettings({}, env);
  if (!('settings' in result)) throw new Error('the settings are good');
  return result.settings;
}

const account = { RHCS_CLIENT_ID: 'id', RHCS_CLIENT_SECRET: 'secret' };

test('a service account of a server elsewhere, without a token endpoint, is told where it is', () => {
  const [warning] = realmWarnings(settings({ ...account, RHCS_URL: 'https://127.0.0.1:8443' }));
  expect(warning?.detail).toContain('https://127.0.0.1:8443/auth/realms/redhat-external/protocol/openid-connect/token');
});

test.each([
  [{ ...account }],
  [{ ...account, RHCS_URL: 'https://api.stage.openshift.com' }],
  [{ ...account, RHCS_URL: 'https://127.0.0.1', RHCS_TOKEN_URL: 'https://127.0.0.1/token' }],
  [{ RHCS_TOKEN: 'token', RHCS_URL: 'https://127.0.0.1' }],
])('%j needs no word', (env) => {
  expect(realmWarnings(settings(env))).toEqual([]);
});
