import { expect, test } from 'vitest';
import { connectOcm, getCluster, type OcmSettings } from '../../../src/client/index.ts';
import { fastPace, sampleToken, scriptedServer } from '../scripted-server.ts';

const now = 1_800_000_000;
const lasting = sampleToken({ typ: 'Bearer', exp: now + 900 });
const expired = sampleToken({ typ: 'Bearer', exp: now - 1 });
const ending = sampleToken({ typ: 'Bearer', exp: now + 30 });
const offline = sampleToken({ typ: 'Offline' });
const cluster = { body: { kind: 'Cluster', id: 'c1' } };
const issued = { body: { access_token: lasting, token_type: 'Bearer' } };

async function callsWith(settings: OcmSettings, script: Parameters<typeof scriptedServer>[0]) {
  const { url, seen } = await scriptedServer(script);
  const client = connectOcm({ url, tokenUrl: `${url}/token`, now: () => now * 1000, pace: fastPace(), ...settings });
  const result = await getCluster(client, 'c1').then(
    () => 'ok',
    (error: Error) => error.message,
  );
  return { result, calls: seen.map(({ method, path, text, headers }) => ({ at: `${method} ${path}`, text, headers })) };
}

test('an access token with time left is used as it is', async () => {
  const { calls } = await callsWith({ tokens: [lasting], clientSecret: 'x' }, [cluster]);
  expect(calls.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${lasting}`]);
});

test('a client id and secret are exchanged, the secret in the header alone', async () => {
  const { calls } = await callsWith({ clientId: 'svc', clientSecret: 's3cret' }, [issued, cluster]);
  expect(calls[0]).toMatchObject({
    at: 'POST /token',
    text: 'grant_type=client_credentials&client_id=svc&scope=openid',
    headers: { authorization: 'Basic c3ZjOnMzY3JldA==', accept: 'application/json' },
  });
  expect(calls[1]?.headers.authorization).toBe(`Bearer ${lasting}`);
});

test('an offline token is exchanged for the default client', async () => {
  const { calls } = await callsWith({ tokens: [expired, offline] }, [issued, cluster]);
  expect(calls[0]?.text).toBe(`grant_type=refresh_token&client_id=cloud-services&refresh_token=${offline}`);
});

test('what is no JWT is a refresh token, and a pull secret is sent as it is', async () => {
  const opaque = await callsWith({ tokens: ['opaque'] }, [issued, cluster]);
  expect(opaque.calls[0]?.text).toContain('refresh_token=opaque');
  const secret = '01234567-89ab-cdef-0123-456789abcdef:c2VjcmV0';
  const { calls } = await callsWith({ tokens: [secret] }, [cluster]);
  expect(calls[0]?.headers.authorization).toBe(`AccessToken ${secret}`);
});

test('a token that ends soon is used where no other can be had', async () => {
  expect((await callsWith({ tokens: [ending] }, [cluster])).result).toBe('ok');
});

test('nothing to renew with is told before anything is sent', async () => {
  const { result, calls } = await callsWith({ tokens: [expired] }, []);
  expect(result).toBe(
    "can't get access token: access and refresh tokens are unavailable or expired, and there are no password or client secret to request new ones",
  );
  expect(calls).toEqual([]);
});

test('a refusal of the token endpoint is told once, in its words', async () => {
  const refusal = {
    status: 401,
    body: { error: 'invalid_client', error_description: 'Invalid client or credentials' },
  };
  const { result, calls } = await callsWith({ clientId: 'svc', clientSecret: 'wrong' }, [refusal]);
  expect(result).toBe("can't get access token: invalid_client: Invalid client or credentials");
  expect(calls).toHaveLength(1);
});

test('a token that the server no longer takes is renewed once, also for a write', async () => {
  const { result, calls } = await callsWith({ tokens: [lasting], clientId: 'svc', clientSecret: 'x' }, [
    { status: 401, body: { reason: 'Bearer token is expired' } },
    issued,
    cluster,
  ]);
  expect(result).toBe('ok');
  expect(calls.map(({ at }) => at.split(' ')[1])).toEqual([
    '/api/clusters_mgmt/v1/clusters/c1',
    '/token',
    '/api/clusters_mgmt/v1/clusters/c1',
  ]);
});

test('many calls at a time ask for one token, which lasts by the clock of this machine', async () => {
  const behind = sampleToken({ typ: 'Bearer', iat: now - 5000, exp: now - 4100 });
  const answers = [{ body: { access_token: behind } }, cluster, cluster, cluster, cluster];
  const { url, seen } = await scriptedServer(answers);
  const client = connectOcm({
    url,
    tokenUrl: `${url}/token`,
    clientId: 'svc',
    clientSecret: 'x',
    now: () => now * 1000,
  });
  await Promise.all([getCluster(client, 'c1'), getCluster(client, 'c1'), getCluster(client, 'c1')]);
  await getCluster(client, 'c1');
  expect(seen.filter(({ path }) => path === '/token')).toHaveLength(1);
});

test('a token of an unknown kind is refused when the client is made', () => {
  expect(() => connectOcm({ tokens: [sampleToken({ typ: 'ID' })] })).toThrow("type 'id' of token 0 is unknown");
});
