import { expect, test } from 'vitest';
import { issueRefreshToken, tokenPath } from '../../src/index.ts';
import { heldClock, type Started, seedAccount, startService } from '../service/start-service.ts';

type Form = Readonly<Record<string, string>>;

function askToken({ ask }: Started, form: Form, authorization?: string) {
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  return ask('POST', tokenPath, { text: new URLSearchParams(form).toString(), headers });
}

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

const credentials = { grant_type: 'client_credentials', client_id: 'svc-1', scope: 'openid' };

test('a client id and secret get tokens, which open what the account may see', async () => {
  const it = await startService();
  const { id, secret } = seedAccount(it, ['c1']);
  await it.seed('c1');
  await it.seed('c2');
  const { status, json, headers } = await askToken(it, credentials, basic(id, secret));
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('no-store');
  expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
  const authorization = `Bearer ${json.access_token}`;
  expect((await it.ask('GET', '/api/clusters_mgmt/v1/clusters', { headers: { authorization } })).json['total']).toBe(1);
  expect(
    (await it.ask('GET', '/api/accounts_mgmt/v1/current_account', { headers: { authorization } })).json['username'],
  ).toBe('robot');
});

test('the secret may stand in the form', async () => {
  const it = await startService();
  const { id, secret } = seedAccount(it);
  expect((await askToken(it, { ...credentials, client_id: id, client_secret: secret })).status).toBe(200);
});

test('a refresh token gets new ones, as long as its account is there and within what it may now', async () => {
  const it = await startService();
  const { id, secret } = seedAccount(it);
  const first = (await askToken(it, credentials, basic(id, secret))).json;
  const form = {
    grant_type: 'refresh_token',
    client_id: 'cloud-services',
    refresh_token: String(first['refresh_token']),
  };
  expect((await askToken(it, form)).status).toBe(200);
  seedAccount(it, ['c9']);
  const narrowed = `Bearer ${(await askToken(it, form)).json.access_token}`;
  await it.seed('c1');
  expect(
    (await it.ask('GET', '/api/clusters_mgmt/v1/clusters/c1', { headers: { authorization: narrowed } })).status,
  ).toBe(403);
  it.accounts.clear();
  expect(await askToken(it, form)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
});

test('an access token is no refresh token, and one that is over refreshes nothing', async () => {
  const clock = heldClock();
  const it = await startService({ clock });
  const grant = (refresh_token: string) => askToken(it, { grant_type: 'refresh_token', client_id: 'x', refresh_token });
  expect(await grant(it.token())).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  const old = issueRefreshToken(
    it.service.key,
    { username: 'tester' },
    { now: clock.now() / 1000, lifetimeSeconds: 60, id: 'x' },
  );
  clock.advance(60_000);
  expect(await grant(old)).toMatchObject({
    status: 400,
    json: { error: 'invalid_grant', error_description: 'Invalid refresh token' },
  });
});

test.each([
  [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  [{}, 400, 'unsupported_grant_type'],
  [credentials, 401, 'invalid_client'],
  [{ ...credentials, client_id: '../../etc/passwd', client_secret: 'x' }, 401, 'invalid_client'],
])('%j gets no token', async (form, status, error) => {
  expect(await askToken(await startService(), form as Form)).toMatchObject({ status, json: { error } });
});

test('an unknown client and a wrong secret are told in the same words', async () => {
  const it = await startService();
  seedAccount(it);
  const wrong = await askToken(it, credentials, basic('svc-1', 'wrong'));
  const unknown = await askToken(it, credentials, basic('svc-2', 'wrong'));
  expect(wrong.json).toEqual(unknown.json);
});

test('guessing is slow: after ten failures an address waits, and goes on later', async () => {
  const clock = heldClock();
  const it = await startService({ clock });
  const { id, secret } = seedAccount(it);
  for (let count = 0; count < 10; count++)
    expect((await askToken(it, credentials, basic(id, 'guess'))).status).toBe(401);
  expect(await askToken(it, credentials, basic(id, secret))).toMatchObject({
    status: 429,
    headers: { 'retry-after': '5' },
    json: { error: 'slow_down' },
  });
  clock.advance(5_000);
  expect((await askToken(it, credentials, basic(id, secret))).status).toBe(200);
});

test('a flood of good requests is slowed down as well', async () => {
  const clock = heldClock();
  const it = await startService({ clock });
  const { id, secret } = seedAccount(it);
  const statuses = [];
  for (let count = 0; count < 101; count++) statuses.push((await askToken(it, credentials, basic(id, secret))).status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
});

test('another realm, method or kind of body says what is expected', async () => {
  const it = await startService();
  expect(await it.ask('POST', '/auth/realms/other/protocol/openid-connect/token')).toMatchObject({
    status: 404,
    json: { error: 'Realm does not exist' },
  });
  expect((await it.ask('GET', tokenPath)).status).toBe(405);
  expect((await it.ask('POST', tokenPath, { body: {} })).status).toBe(415);
});
