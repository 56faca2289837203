import { createHmac, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSigningKey, issueAccessToken, issueRefreshToken, readSigningKey } from '../../src/index.ts';
import { heldClock, startService } from './start-service.ts';

const clusters = '/api/clusters_mgmt/v1/clusters';

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

test.each([
  [undefined, "Request doesn't contain the 'Authorization' header"],
  ['', "The 'Authorization' header is malformed"],
  ['Bearer', "The 'Authorization' header is malformed"],
  ['Bearer a b', "The 'Authorization' header is malformed"],
  ['Basic abc', "The type of the 'Authorization' header isn't supported, use Bearer"],
  ['Bearer junk', 'Bearer token is malformed'],
  ['Bearer a.b.c', 'Bearer token is malformed'],
  [`Bearer ${'a'.repeat(10_000)}`, 'Bearer token is malformed'],
])('%s is not let in', async (authorization, reason) => {
  const { ask } = await startService();
  const { status, json, headers } = await ask('GET', clusters, { headers: { authorization } });
  expect(status).toBe(401);
  expect(json).toMatchObject({ kind: 'Error', id: '401', code: 'CLUSTERS-MGMT-401', reason });
  expect(headers['www-authenticate']).toBe('Bearer realm="clusters_mgmt/v1"');
});

test('a token is over when its time is', async () => {
  const clock = heldClock();
  const { ask, token } = await startService({ clock });
  const authorization = `Bearer ${token()}`;
  expect((await ask('GET', clusters, { headers: { authorization } })).status).toBe(200);
  clock.advance(900_000);
  expect(await ask('GET', clusters, { headers: { authorization } })).toMatchObject({
    status: 401,
    json: { reason: 'Bearer token is expired' },
  });
});

test('a token that is over says so, whoever has signed it', async () => {
  const { ask } = await startService();
  const terms = { now: 1_600_000_000, lifetimeSeconds: 900, id: 'x' };
  const foreign = issueAccessToken(readSigningKey(createSigningKey()), { username: 'tester' }, terms);
  expect(await ask('GET', clusters, { headers: { authorization: `Bearer ${foreign}` } })).toMatchObject({
    status: 401,
    json: { reason: 'Bearer token is expired' },
  });
});

test('a token of another server is not taken', async () => {
  const { ask, service } = await startService();
  const terms = { now: service.now() / 1000, lifetimeSeconds: 900, id: 'x' };
  const foreign = issueAccessToken(readSigningKey(createSigningKey()), { username: 'tester' }, terms);
  expect(await ask('GET', clusters, { headers: { authorization: `Bearer ${foreign}` } })).toMatchObject({
    status: 401,
    json: { reason: "Bearer token can't be verified" },
  });
});

test('the algorithm is never the choice of the token', async () => {
  const { ask, service, token } = await startService();
  const [, body = '', signature = ''] = token().split('.');
  const kid = service.key.id;
  const publicPem = service.key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const hs256 = `${part({ alg: 'HS256', kid })}.${body}`;
  const forged = [
    `${part({ alg: 'none', kid })}.${body}.`,
    `${part({ alg: 'None', kid })}.${body}.${signature}`,
    `${hs256}.${createHmac('sha256', publicPem).update(hs256).digest('base64url')}`,
    `${part({ alg: 'ES256' })}.${body}.${signature}`,
    `${part({ alg: 'ES256', kid, jwk: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }) })}.${body}.${signature}`,
    `${part({ alg: 'ES256', kid, crit: ['exp'] })}.${body}.${signature}`,
    `${part({ alg: 'RS256', kid })}.${body}.${signature}`,
  ];
  for (const text of forged)
    expect((await ask('GET', clusters, { headers: { authorization: `Bearer ${text}` } })).status, text).toBe(401);
});

test('a token that was changed is not taken', async () => {
  const { ask, token } = await startService();
  const [head, body = '', signature] = token({ username: 'tester', clusters: ['c1'] }).split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
  const all = `${head}.${part({ ...claims, clusters: undefined })}.${signature}`;
  expect(await ask('GET', clusters, { headers: { authorization: `Bearer ${all}` } })).toMatchObject({
    status: 401,
    json: { reason: "Signature of bearer token isn't valid" },
  });
});

test('a refresh token opens nothing', async () => {
  const { ask, service } = await startService();
  const terms = { now: service.now() / 1000, lifetimeSeconds: 900, id: 'x' };
  const refresh = issueRefreshToken(service.key, { username: 'tester' }, terms);
  expect(await ask('GET', clusters, { headers: { authorization: `Bearer ${refresh}` } })).toMatchObject({
    status: 401,
  });
});

test('a token of one cluster sees and changes no other, and learns of none', async () => {
  const { ask, seed, read } = await startService();
  await seed('c1');
  await seed('c2');
  const as = { username: 'tenant', clusters: ['c1'] };
  expect((await ask('GET', clusters, { as })).json['items']).toMatchObject([{ id: 'c1' }]);
  expect((await ask('GET', clusters, { as, query: { search: "name = 'c2'" } })).json['total']).toBe(0);
  const before = (await read('c2')).metadata.resourceVersion;
  for (const id of ['c2', 'nobody']) {
    const answers = await Promise.all([
      ask('GET', `${clusters}/${id}`, { as }),
      ask('PATCH', `${clusters}/${id}`, { as, body: {} }),
      ask('DELETE', `${clusters}/${id}`, { as }),
      ask('GET', `${clusters}/${id}/image_mirrors`, { as }),
      ask('POST', `${clusters}/${id}/image_mirrors`, { as, body: { source: 's', mirrors: ['m'] } }),
      ask('DELETE', `${clusters}/${id}/image_mirrors/x`, { as }),
      ask('GET', `${clusters}/${id}/image_mirrors/x/status`, { as }),
      ask('GET', `${clusters}/${id}/node_pools`, { as }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 403));
    expect(answers[0]?.json['reason']).toBe(`Account 'tenant' is not allowed to read cluster '${id}'`);
  }
  expect((await read('c2')).metadata.resourceVersion).toBe(before);
  expect((await ask('POST', clusters, { as, body: { name: 'mine' } })).status).toBe(403);
});

test('no answer and no report holds what was sent as a token', async () => {
  const { ask, reports } = await startService();
  const answers = [
    await ask('GET', clusters, { headers: { authorization: 'Bearer s3cr3t-s3cr3t' } }),
    await ask('GET', clusters, { headers: { authorization: 'Weird s3cr3t-s3cr3t' } }),
  ];
  expect(JSON.stringify([answers, reports])).not.toContain('s3cr3t-s3cr3t');
});

test('what is not there, and what cannot be done, says so as JSON', async () => {
  const { ask } = await startService();
  expect(await ask('GET', '/api/clusters_mgmt/v1/nope')).toMatchObject({
    status: 404,
    json: { kind: 'Error', id: '404', reason: "Can't find resource for path '/api/clusters_mgmt/v1/nope'" },
  });
  expect(await ask('PUT', clusters)).toMatchObject({ status: 405, json: { id: '405' } });
  expect(await ask('GET', '/api/accounts_mgmt/v1/nope')).toMatchObject({
    status: 404,
    json: { code: 'ACCOUNTS-MGMT-404' },
  });
  expect(await ask('GET', `${clusters}//image_mirrors`)).toMatchObject({ status: 404 });
});

test.each(['', '{', '[]', 'null', '"x"', `${'['.repeat(50_000)}`, `{"a":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`])(
  'the body %s is a bad request',
  async (text) => {
    const { ask, seed } = await startService();
    await seed('c1');
    expect((await ask('POST', `${clusters}/c1/image_mirrors`, { text })).status).toBe(400);
  },
);

test('the account of a token tells its name', async () => {
  const { ask } = await startService();
  expect((await ask('GET', '/api/accounts_mgmt/v1/current_account')).json).toMatchObject({
    kind: 'Account',
    username: 'tester',
  });
});

test('an API underneath that is away is a 503 that may be tried again', async () => {
  const { service, ask, client } = await startService();
  await client.close();
  const { KubeError } = await import('@pullpath/kube-client');
  service.store.list = () => Promise.reject(new KubeError('kube-unreachable', 'refused'));
  expect(await ask('GET', clusters)).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
});
