import { expect, test } from 'vitest';
import {
  configMaps,
  isAlreadyExists,
  isConflict,
  isNotFound,
  KubeError,
  type KubeWarning,
  pods,
} from '../../src/index.ts';
import { clientOf, configMap, start } from '../start.ts';

const where = { namespace: 'default', name: 'a' };

test('what is created can be read, changed, listed and deleted', async () => {
  const { client } = await start();
  const created = await client.create(configMaps, { metadata: where, data: { key: '1' } });
  await client.update(configMaps, { ...created, data: { key: '2' } });
  await client.patch(configMaps, where, 'merge', { data: { other: '3' } });
  expect((await client.get(configMaps, where)).data).toEqual({ key: '2', other: '3' });
  expect((await client.list(configMaps)).items.map(({ metadata }) => metadata.name)).toEqual(['a']);
  await client.delete(configMaps, where);
  await expect(client.get(configMaps, where)).rejects.toSatisfy(isNotFound);
});

test('a refusal is an error with the words, the reason and the details of the server', async () => {
  const { client } = await start();
  const error: unknown = await client.get(configMaps, where).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(KubeError);
  expect((error as KubeError).message).toBe('configmaps "a" not found');
  expect((error as KubeError).status).toMatchObject({ code: 404, reason: 'NotFound', details: { name: 'a' } });
});

test('an update with an old resourceVersion is a conflict, a second create an AlreadyExists', async () => {
  const { client } = await start();
  const created = await client.create(configMaps, { metadata: where });
  await client.update(configMaps, created);
  await expect(client.update(configMaps, created)).rejects.toSatisfy(isConflict);
  await expect(client.create(configMaps, { metadata: where })).rejects.toSatisfy(isAlreadyExists);
});

test('apply sends an apply patch with the field manager of the client', async () => {
  const { client, server } = await start({}, { userAgent: 'rollout/1.0' });
  await client.apply(configMaps, { metadata: where, data: { key: '1' } }, { force: true });
  const [request] = server.requests;
  expect(request?.path).toBe(`${configMap('a')}?fieldManager=rollout&force=true`);
  expect(request?.headers['content-type']).toBe('application/apply-patch+yaml');
  expect(request?.headers['user-agent']).toBe('rollout/1.0');
  expect(JSON.parse(request?.body ?? '')).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', data: { key: '1' } });
});

test('writes carry dryRun, fieldValidation and the subresource', async () => {
  const { client, server } = await start();
  server.put(configMap('a'));
  const options = { dryRun: true, fieldValidation: 'Strict', subresource: 'status' } as const;
  await client.update(configMaps, { metadata: where }, options);
  expect(server.requests[0]?.path).toBe(
    `${configMap('a')}/status?fieldManager=pullpath&dryRun=All&fieldValidation=Strict`,
  );
});

test('a deletion carries how it spreads and what it is only for', async () => {
  const { client, server } = await start();
  server.put(configMap('a'));
  await client.delete(configMaps, where, { propagation: 'Foreground', preconditions: { uid: 'u' } });
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: 'Foreground',
    preconditions: { uid: 'u' },
  });
});

test.each(['', '.', '..', 'a/b'])('the name %j reaches no server', async (name) => {
  const { client, server } = await start();
  await expect(client.delete(configMaps, { namespace: 'default', name })).rejects.toThrow('is no name');
  expect(server.requests).toEqual([]);
});

test('objects of a list have their apiVersion and kind', async () => {
  const { client, server } = await start();
  server.put(configMap('a'));
  expect((await client.list(configMaps)).items[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
});

test('a list is read page by page, as one state', async () => {
  const { client, server } = await start();
  for (const name of ['a', 'b', 'c', 'd', 'e']) server.put(configMap(name));
  const { items, metadata } = await client.list(configMaps, { pageSize: 2 });
  expect(items.map((item) => item.metadata.name)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(metadata.resourceVersion).toBe(String(server.objects.history.revision));
  expect(server.requests).toHaveLength(3);
});

test('a list whose history is gone between pages is read anew in one piece', async () => {
  const { client, server } = await start();
  for (const name of ['a', 'b', 'c']) server.put(configMap(name));
  server.fail({ path: 'continue=', effect: { kind: 'answer', status: 410, body: { kind: 'Status', code: 410 } } });
  const { items } = await client.list(configMaps, { pageSize: 2 });
  expect(items).toHaveLength(3);
  expect(server.requests.at(-1)?.path).toBe('/api/v1/configmaps');
});

test('pages that do not advance end the list', async () => {
  const { client, server } = await start();
  const page = { kind: 'List', metadata: { resourceVersion: '1', continue: 'same' }, items: [] };
  server.fail({ effect: { kind: 'answer', status: 200, body: page } });
  await expect(client.list(configMaps)).rejects.toThrow('do not advance');
});

test('warnings of the server reach the one who asked for them', async () => {
  const warnings: KubeWarning[] = [];
  const { client, server } = await start({}, { onWarning: (warning) => void warnings.push(warning) });
  const warning = '299 - "unknown field \\"spec.x\\"", 299 - "old version"';
  server.fail({ effect: { kind: 'answer', status: 200, headers: { warning } } });
  await client.get(configMaps, where);
  expect(warnings.map(({ text }) => text)).toEqual(['unknown field "spec.x"', 'old version']);
  expect(warnings[0]).toMatchObject({ verb: 'get', resource: 'configmaps' });
});

test('an answer of a proxy that is no Status is quoted', async () => {
  const { client, server } = await start();
  server.fail({ effect: { kind: 'answer', status: 403, body: '<html>blocked</html>' } });
  await expect(client.get(configMaps, where)).rejects.toThrow('403: <html>blocked</html>');
});

test('an answer that is no JSON is a protocol error', async () => {
  const { client, server } = await start();
  server.fail({ effect: { kind: 'answer', status: 200, body: 'hello' } });
  await expect(client.get(configMaps, where)).rejects.toMatchObject({ code: 'kube-protocol' });
});

test('an answer beyond the limit is refused', async () => {
  const { client, server } = await start({}, { maxBodyBytes: 100 });
  server.put(configMap('a'), { data: { key: 'x'.repeat(200) } });
  await expect(client.get(configMaps, where)).rejects.toMatchObject({ code: 'kube-too-large' });
});

test('an eviction is accepted, gone, or blocked by a budget', async () => {
  const { client, server } = await start();
  expect(await client.evict(where)).toEqual({ outcome: 'accepted' });
  expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({ apiVersion: 'policy/v1', kind: 'Eviction' });
  server.fail({ effect: { kind: 'answer', status: 404, body: {} }, times: 1 });
  expect(await client.evict(where)).toEqual({ outcome: 'gone' });
  const details = { causes: [{ reason: 'DisruptionBudget' }] };
  const body = { kind: 'Status', code: 429, message: 'the budget is used up', details };
  server.fail({ effect: { kind: 'answer', status: 429, headers: { 'retry-after': '10' }, body } });
  expect(await client.evict(where)).toEqual({
    outcome: 'blocked',
    message: 'the budget is used up',
    retryAfterMs: 10_000,
  });
  expect(client.limit.state.allowed).toBe(32);
});

test('a server that is not there is an error that says what to look at', async () => {
  const { client, server } = await start({}, { deadlineMs: 100 });
  await server.stop();
  await expect(client.create(configMaps, { metadata: where })).rejects.toMatchObject({
    code: 'kube-unreachable',
    hint: 'check that the API server runs, and the address in the kubeconfig',
  });
});

test('requests are counted by verb, resource and outcome', async () => {
  const { client, server } = await start();
  server.put('/api/v1/namespaces/default/pods/p');
  await client.get(pods, { namespace: 'default', name: 'p' });
  await client.get(configMaps, where).catch(() => undefined);
  expect(client.metrics()).toMatchObject([
    { verb: 'get', resource: 'pods', code: '200', count: 1 },
    { verb: 'get', resource: 'configmaps', code: '404', count: 1 },
  ]);
});

test('a cancelled call ends at once', async () => {
  const { client, server } = await start();
  server.fail({ effect: { kind: 'hang' } });
  const controller = new AbortController();
  const call = client.get(configMaps, where, { signal: controller.signal });
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'kube-cancelled' });
});

test('a server below a path is asked below that path', async () => {
  const { server } = await start();
  const client = clientOf(`${server.url}/clusters/one`);
  await client.raw('/readyz').catch(() => undefined);
  expect(server.requests[0]?.path).toBe('/clusters/one/readyz');
});
