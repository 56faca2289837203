import { afterEach, beforeEach, expect, test } from 'vitest';
import { definitions, type TestApi, testApi, widgetDefinition } from '../support/api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await testApi();
});
afterEach(() => api.close());

const configMap = { metadata: { name: 'a' }, data: { k: 'v' } };
const path = '/api/v1/namespaces/default/configmaps';

test('logical clusters keep their objects apart', async () => {
  api.server.cluster('one');
  api.server.cluster('two');
  await api.request('POST', `/clusters/one${path}`, configMap);
  expect((await api.request('GET', `/clusters/one${path}/a`)).status).toBe(200);
  expect((await api.request('GET', `/clusters/two${path}/a`)).status).toBe(404);
  expect((await api.request('GET', `${path}/a`)).status).toBe(404);
});

test('logical clusters keep their definitions apart', async () => {
  api.server.cluster('one');
  api.server.cluster('two');
  await api.request('POST', `/clusters/one${definitions}`, widgetDefinition);
  expect((await api.request('GET', '/clusters/one/apis/example.dev/v1')).status).toBe(200);
  expect((await api.request('GET', '/clusters/two/apis/example.dev/v1')).status).toBe(404);
  expect((await api.request('GET', '/apis/example.dev/v1')).status).toBe(404);
});

test('a cluster that nobody created is not there', async () => {
  const { status, body } = await api.request('GET', `/clusters/nope${path}`);
  expect(status).toBe(404);
  expect(body.message).toBe('logical cluster "nope" not found');
});

test('a removed cluster is gone with its objects, and made anew it is empty', async () => {
  api.server.cluster('one');
  await api.request('POST', `/clusters/one${path}`, configMap);
  await api.server.removeCluster('one');
  expect((await api.request('GET', `/clusters/one${path}/a`)).body.message).toContain('logical cluster');
  expect(api.server.clusterNames()).not.toContain('one');
  api.server.cluster('one');
  expect((await api.request('GET', `/clusters/one${path}`)).body.items).toEqual([]);
});

test('clusters that define nothing share what they serve', () => {
  const [one, two] = [api.server.cluster('one'), api.server.cluster('two')];
  expect(one.catalog.index).toBe(two.catalog.index);
});

test('health is told to everyone, and readiness ends with draining', async () => {
  expect((await api.request('GET', '/healthz')).body).toBe('ok');
  expect((await api.request('GET', '/readyz')).status).toBe(200);
  api.server.drain();
  expect((await api.request('GET', '/readyz')).status).toBe(500);
  expect((await api.request('GET', '/livez')).status).toBe(200);
});

test('every answer has an audit id, that of the client where it sends one', async () => {
  expect((await api.request('GET', '/healthz')).headers['audit-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect((await api.request('GET', '/healthz', undefined, { 'audit-id': 'mine' })).headers['audit-id']).toBe('mine');
});

test('an unexpected failure tells the client nothing of its cause', async () => {
  const reported: unknown[] = [];
  const broken = await testApi({
    authorize: () => {
      throw new Error('secret detail');
    },
    report: (error) => reported.push(error),
  });
  const { status, body } = await broken.request('GET', path);
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain('secret detail');
  expect(reported).toHaveLength(1);
  broken.close();
});
