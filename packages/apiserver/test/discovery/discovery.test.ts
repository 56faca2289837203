import { afterEach, beforeEach, expect, test } from 'vitest';
import { definitions, type TestApi, testApi, widgetDefinition } from '../support/api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await testApi();
});
afterEach(() => api.close());

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';

test('one aggregated document lists every named group, with an ETag that answers 304', async () => {
  const { headers, body } = await api.request('GET', '/apis', undefined, { accept: aggregated });
  expect(headers).toMatchObject({
    'content-type': 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    'cache-control': 'public',
    vary: 'Accept',
  });
  expect(body.items.map((group: { metadata: { name: string } }) => group.metadata.name)).toContain(
    'apiextensions.k8s.io',
  );
  const again = await api.request('GET', '/apis', undefined, {
    accept: aggregated,
    'if-none-match': String(headers['etag']),
  });
  expect(again.status).toBe(304);
});

test('a new definition changes the document and its ETag', async () => {
  const before = await api.request('GET', '/apis', undefined, { accept: aggregated });
  await api.request('POST', definitions, widgetDefinition);
  const after = await api.request('GET', '/apis', undefined, { accept: aggregated });
  expect(after.headers['etag']).not.toBe(before.headers['etag']);
  const group = after.body.items.find((each: { metadata: { name: string } }) => each.metadata.name === 'example.dev');
  expect(group.versions[0].resources[0]).toMatchObject({
    resource: 'widgets',
    responseKind: { group: 'example.dev', version: 'v1', kind: 'Widget' },
    scope: 'Namespaced',
    singularResource: 'widget',
    shortNames: ['wd'],
    categories: ['things'],
  });
});

test('the core group stands alone under /api, its kinds without a group of their own', async () => {
  const { body } = await api.request('GET', '/api', undefined, { accept: aggregated });
  expect(body.items).toHaveLength(1);
  const found = body.items[0].versions[0].resources.find(
    (each: { resource: string }) => each.resource === 'configmaps',
  );
  expect(found.responseKind).toEqual({ group: '', version: '', kind: 'ConfigMap' });
});

test('clients that know no aggregated document get plain lists', async () => {
  expect(
    (await api.request('GET', '/apis', undefined, { accept: aggregated.replace('v2', 'v2beta1') })).body.kind,
  ).toBe('APIGroupList');
  expect((await api.request('GET', '/api')).body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
  expect((await api.request('GET', '/apis/apps')).body).toMatchObject({
    kind: 'APIGroup',
    preferredVersion: { version: 'v1' },
  });
});

test('an unknown group is outside the API', async () => {
  expect((await api.request('GET', '/apis/nope.dev')).body).toBe('404 page not found\n');
  expect((await api.request('GET', '/apis/nope.dev/v1')).body).toBe('404 page not found\n');
});

test('the version names the Kubernetes release that is spoken', async () => {
  expect((await api.request('GET', '/version')).body).toMatchObject({ major: '1', minor: '36' });
});
