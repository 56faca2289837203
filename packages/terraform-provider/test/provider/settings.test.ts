import { createAuthority } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { readSettings } from '../../src/provider/settings.ts';
import { unknown } from '../../src/wire/values.ts';

const none = {
  url: null,
  token_url: null,
  token: null,
  refresh_token: null,
  client_id: null,
  client_secret: null,
  trusted_cas: null,
  insecure: null,
};

function summaries(result: ReturnType<typeof readSettings>): string[] | undefined {
  return 'faults' in result ? result.faults.map(({ summary }) => summary) : undefined;
}

test('without any setting the public API and realm are meant, and credentials are missing', () => {
  expect(summaries(readSettings(none, {}))).toEqual([
    'either a token, an user name and password or a client identifier and secret are necessary, but none has been provided',
  ]);
  expect(readSettings({ ...none, token: 'a' }, {})).toEqual({
    settings: {
      url: 'https://api.openshift.com',
      tokenUrl: 'https://sso.redhat.com/auth/realms/redhat-external/protocol/openid-connect/token',
      tokens: ['a'],
      clientId: 'cloud-services',
      clientSecret: '',
      trustedCas: undefined,
      insecure: false,
    },
  });
});

test('a variable counts where the attribute is not set', () => {
  const env = { RHCS_URL: 'http://env', RHCS_TOKEN: 'env', RHCS_REFRESH_TOKEN: 'refresh' };
  expect(readSettings({ ...none, url: 'http://attribute' }, env)).toMatchObject({
    settings: { url: 'http://attribute', tokens: ['env', 'refresh'] },
  });
});

test('a service account is enough', () => {
  expect(readSettings({ ...none, client_id: 'i', client_secret: 's' }, {})).toMatchObject({
    settings: { clientId: 'i' },
  });
});

test('attributes that are only known after apply put the connection off', () => {
  expect(readSettings({ ...none, url: unknown, token: unknown }, {})).toEqual({ unknown: ['url', 'token'] });
  expect(summaries(readSettings({ ...none, url: unknown, token: 'a' }, {}, true))).toEqual([
    expect.stringContaining("can't parse URL ''"),
  ]);
});

test('every fault is told: an empty URL, text that holds no certificate, no credentials', () => {
  expect(summaries(readSettings({ ...none, trusted_cas: '/path/ca.crt' }, { RHCS_URL: '' }))).toEqual([
    "can't parse URL '' for prefix '': the URL is empty",
    "the value of 'trusted_cas' doesn't contain any certificate",
    expect.stringContaining('either a token'),
  ]);
  const junk = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  expect(summaries(readSettings({ ...none, token: 'a', trusted_cas: junk }, {}))).toHaveLength(1);
  const { certificate } = createAuthority();
  expect(readSettings({ ...none, token: 'a', trusted_cas: certificate }, {})).toHaveProperty(
    'settings.trustedCas',
    certificate,
  );
});
