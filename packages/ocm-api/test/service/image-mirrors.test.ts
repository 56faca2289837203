import { expect, test } from 'vitest';
import { annotations, hostedClusters, nodePools, resumePauses } from '../../src/index.ts';
import { heldClock, type Started, seedPool, startService } from './start-service.ts';

const mirrors = '/api/clusters_mgmt/v1/clusters/c1/image_mirrors';

async function started(options: Parameters<typeof startService>[0] = {}): Promise<Started> {
  const it = await startService(options);
  await it.seed('c1');
  return it;
}

const nginx = { source: 'docker.io/library/nginx', mirrors: ['quay.io/my-org/nginx'] };

test('a mirror is created in the HostedCluster, with its id and times beside it', async () => {
  const { ask, read } = await started({ clock: heldClock() });
  const { status, json } = await ask('POST', mirrors, { body: { kind: 'ImageMirror', ...nginx, type: 'digest' } });
  expect(status).toBe(201);
  expect(json).toEqual({
    kind: 'ImageMirror',
    id: '00000000-0000-4000-8000-000000000001',
    href: `${mirrors}/00000000-0000-4000-8000-000000000001`,
    type: 'digest',
    ...nginx,
    creation_timestamp: '2026-01-01T00:00:00Z',
    last_update_timestamp: '2026-01-01T00:00:00Z',
  });
  expect((await read('c1')).spec?.imageContentSources).toEqual([nginx]);
});

test('a mirror made by kubectl is in the API with an id that stays, and can be changed there', async () => {
  const { ask, client, read } = await started();
  const entry = { source: 's.io/a', mirrors: ['m.io/a'] };
  await client.patch(hostedClusters, { namespace: 'clusters', name: 'c1' }, 'merge', {
    spec: { imageContentSources: [entry] },
  });
  const [first] = (await ask('GET', mirrors)).json.items;
  expect(first).toMatchObject({ ...entry, type: 'digest', id: expect.stringMatching(/^[\da-f-]{14}8[\da-f-]{21}$/) });
  expect((await ask('GET', `${mirrors}/${first?.id}`)).json).toEqual(first);
  const patched = await ask('PATCH', `${mirrors}/${first?.id}`, { body: { mirrors: ['n.io/a'] } });
  expect(patched.json).toMatchObject({ id: first?.id, mirrors: ['n.io/a'] });
  expect((await read('c1')).spec?.imageContentSources).toEqual([{ source: 's.io/a', mirrors: ['n.io/a'] }]);
});

test('a mirror that kubectl removed is gone, and its record with the next write', async () => {
  const { ask, client, read } = await started();
  const { id } = (await ask('POST', mirrors, { body: nginx })).json;
  await client.patch(hostedClusters, { namespace: 'clusters', name: 'c1' }, 'merge', {
    spec: { imageContentSources: null },
  });
  expect((await ask('GET', `${mirrors}/${id}`)).status).toBe(404);
  await ask('POST', mirrors, { body: { source: 's.io/b', mirrors: ['m.io/b'] } });
  expect((await read('c1')).metadata.annotations?.[annotations.imageMirrors]).not.toContain(id);
});

test('a list is searched by what it shows and by its cluster', async () => {
  const { ask } = await started();
  await ask('POST', mirrors, { body: nginx });
  await ask('POST', mirrors, { body: { source: 'quay.io/b', mirrors: ['m'] } });
  const found = async (search: string) => (await ask('GET', mirrors, { query: { search } })).json['total'];
  expect(await found("cluster_id = 'c1' and type = 'digest'")).toBe(2);
  expect(await found("cluster_id = 'c2'")).toBe(0);
  expect(await found("source like 'docker.io/%'")).toBe(1);
  expect(await found("name = 'x'")).toBe(0);
});

test('sources that kubectl repeated are two mirrors with ids of their own', async () => {
  const { ask, client, read } = await started();
  const twice = [
    { source: 's.io/a', mirrors: ['m.io/1'] },
    { source: 's.io/a', mirrors: ['m.io/2'] },
  ];
  await client.patch(hostedClusters, { namespace: 'clusters', name: 'c1' }, 'merge', {
    spec: { imageContentSources: twice },
  });
  const { items } = (await ask('GET', mirrors)).json;
  const second = items.find((item) => item.mirrors[0] === 'm.io/2');
  expect(new Set(items.map((item) => item.id)).size).toBe(2);
  expect((await ask('DELETE', `${mirrors}/${second?.id}`)).status).toBe(204);
  expect((await read('c1')).spec?.imageContentSources).toEqual([twice[0]]);
});

test('an update is later than what it updates, also within a second, and keeps creation, place and id', async () => {
  const { ask, read } = await started({ clock: heldClock() });
  const { id } = (await ask('POST', mirrors, { body: nginx })).json;
  await ask('POST', mirrors, { body: { source: 's.io/b', mirrors: ['m.io/b'] } });
  const { json } = await ask('PATCH', `${mirrors}/${id}`, { body: { mirrors: ['z.io/n', 'a.io/n'] } });
  expect(json).toMatchObject({
    id,
    mirrors: ['z.io/n', 'a.io/n'],
    creation_timestamp: '2026-01-01T00:00:00Z',
    last_update_timestamp: '2026-01-01T00:00:01Z',
  });
  expect((await read('c1')).spec?.imageContentSources?.map(({ source }) => source)).toEqual([nginx.source, 's.io/b']);
});

test('an edit by kubectl moves the time of the update', async () => {
  const { ask, client } = await started({ clock: heldClock('2020-01-01T00:00:00Z') });
  const { id } = (await ask('POST', mirrors, { body: nginx })).json;
  const entry = { ...nginx, mirrors: ['x.io/n'] };
  await client.patch(
    hostedClusters,
    { namespace: 'clusters', name: 'c1' },
    'merge',
    { spec: { imageContentSources: [entry] } },
    { fieldManager: 'kubectl-edit' },
  );
  const { json } = await ask('GET', `${mirrors}/${id}`);
  expect(json.creation_timestamp).toBe('2020-01-01T00:00:00Z');
  expect(Date.parse(json.last_update_timestamp)).toBeGreaterThan(Date.parse('2025-01-01T00:00:00Z'));
});

test.each([
  [{ mirrors: ['m'] }, 400, "Attribute 'source' is mandatory"],
  [{ source: '', mirrors: ['m'] }, 400, "Attribute 'source' is mandatory"],
  [{ source: 's' }, 400, "Attribute 'mirrors' is mandatory"],
  [{ source: 's', mirrors: [] }, 400, "Attribute 'mirrors' must contain at least one mirror"],
  [{ source: 's', mirrors: ['m', 'm'] }, 400, "must not contain 'm' twice"],
  [{ source: 's', mirrors: ['a b'] }, 400, 'must not contain blanks'],
  [{ source: 's', mirrors: [1] }, 400, 'texts that are not empty'],
  [{ source: 's', mirrors: 'm' }, 400, 'must be a list'],
  [{ source: 's'.repeat(256), mirrors: ['m'] }, 400, 'at most 255 characters'],
  [{ source: 's', mirrors: ['m'], type: 'tag' }, 400, "type must be 'digest' if specified"],
  [{ source: 's', mirrors: ['m'], type: 'invalidtype' }, 400, "type must be 'digest' if specified"],
])('%j is refused with %i', async (body, status, reason) => {
  const { ask, read } = await started();
  const before = (await read('c1')).metadata.resourceVersion;
  const answer = await ask('POST', mirrors, { body });
  expect(answer.status).toBe(status);
  expect(answer.json).toMatchObject({
    kind: 'Error',
    id: '400',
    code: 'CLUSTERS-MGMT-400',
    reason: expect.stringContaining(reason),
  });
  expect((await read('c1')).metadata.resourceVersion).toBe(before);
});

test('a source that is taken is a conflict, and a source never changes', async () => {
  const { ask } = await started();
  const { id } = (await ask('POST', mirrors, { body: nginx })).json;
  const again = await ask('POST', mirrors, { body: nginx });
  expect(again).toMatchObject({
    status: 409,
    json: { reason: `Image mirror with source '${nginx.source}' already exists for cluster 'c1'` },
  });
  expect((await ask('PATCH', `${mirrors}/${id}`, { body: { source: 's.io/b' } })).status).toBe(400);
  expect((await ask('PATCH', `${mirrors}/${id}`, { body: { source: nginx.source, mirrors: ['x'] } })).status).toBe(200);
  expect((await ask('PATCH', `${mirrors}/${id}`, { body: { mirrors: [] } })).status).toBe(400);
});

test('mirrors change on hosted clusters in state ready alone', async () => {
  const { ask, seed } = await started();
  await seed('new', { available: false });
  await seed('classic', { annotations: { [annotations.cluster]: JSON.stringify({ hypershift: { enabled: false } }) } });
  const of = (id: string) => `/api/clusters_mgmt/v1/clusters/${id}/image_mirrors`;
  expect(await ask('POST', of('new'), { body: nginx })).toMatchObject({
    status: 409,
    json: { reason: expect.stringContaining("'new' is not ready") },
  });
  expect(await ask('POST', of('classic'), { body: nginx })).toMatchObject({
    status: 400,
    json: { reason: 'Image mirrors are only supported on Hosted Control Plane clusters' },
  });
  expect(await ask('POST', of('nobody'), { body: nginx })).toMatchObject({
    status: 404,
    json: { reason: "Cluster 'nobody' not found" },
  });
});

test('twenty writes at once lose nothing', async () => {
  const { ask, read } = await started();
  const statuses = await Promise.all(
    Array.from(
      { length: 20 },
      async (_, at) => (await ask('POST', mirrors, { body: { source: `s.io/${at}`, mirrors: ['m'] } })).status,
    ),
  );
  expect(new Set(statuses)).toEqual(new Set([201]));
  expect((await read('c1')).spec?.imageContentSources).toHaveLength(20);
});

test('a status that a controller writes in between is no conflict, an edit of the mirrors is', async () => {
  const { service, ask, client } = await started();
  const place = { namespace: 'clusters', name: 'c1' };
  const meanwhile = { status: true };
  const patch = service.store.patch.bind(service.store);
  let left = 1;
  service.store.patch = async (cluster, change) => {
    if (left-- > 0)
      await (meanwhile.status
        ? client.patch(
            hostedClusters,
            place,
            'merge',
            { status: { kubeconfig: { name: 'x' } } },
            { subresource: 'status' },
          )
        : client.patch(hostedClusters, place, 'merge', {
            spec: { imageContentSources: [{ source: 'other', mirrors: ['m'] }] },
          }));
    return patch(cluster, change);
  };
  expect((await ask('POST', mirrors, { body: nginx })).status).toBe(201);
  [left, meanwhile.status] = [1, false];
  expect(await ask('POST', mirrors, { body: { source: 's.io/b', mirrors: ['m'] } })).toMatchObject({
    status: 409,
    json: {
      reason: expect.stringContaining(
        'the object has been modified; please apply your changes to the latest version and try again',
      ),
    },
  });
});

test('what the schema of HostedCluster refuses is a bad request', async () => {
  const { ask, client } = await started();
  const full = Array.from({ length: 255 }, (_, at) => ({ source: `s.io/${at}`, mirrors: ['m'] }));
  await client.patch(hostedClusters, { namespace: 'clusters', name: 'c1' }, 'merge', {
    spec: { imageContentSources: full },
  });
  expect(await ask('POST', mirrors, { body: nginx })).toMatchObject({
    status: 400,
    json: { reason: expect.stringContaining('255') },
  });
});

test('edits close together are one rollout: reconciliation waits until they are over, but not for ever', async () => {
  const clock = heldClock();
  const { ask, read } = await started({ clock, debounceMs: 2000 });
  const { id } = (await ask('POST', mirrors, { body: nginx })).json;
  expect((await read('c1')).spec?.pausedUntil).toBe('2026-01-01T00:00:02.000Z');
  expect((await ask('GET', `${mirrors}/${id}/status`)).json).toMatchObject({
    debounce_ms: 2000,
    rollout_not_before: '2026-01-01T00:00:02.000Z',
  });
  for (let at = 0; at < 15; at++) {
    clock.advance(1500);
    await ask('PATCH', `${mirrors}/${id}`, { body: { mirrors: [`m.io/${at}`] } });
  }
  expect((await read('c1')).spec?.pausedUntil).toBe('2026-01-01T00:00:24.500Z');
});

test('a pause that is over is taken away, also by who starts next', async () => {
  const clock = heldClock();
  const { ask, read, service } = await started({ clock, debounceMs: 2000 });
  await ask('POST', mirrors, { body: nginx });
  service.pauses.stop();
  expect((await read('c1')).spec?.pausedUntil).toBe('2026-01-01T00:00:02.000Z');
  clock.advance(3000);
  await resumePauses(service);
  await expect.poll(async () => (await read('c1')).spec?.pausedUntil, { timeout: 5000 }).toBeUndefined();
  expect((await read('c1')).metadata.annotations).not.toHaveProperty(annotations.settling);
  expect((await read('c1')).spec?.imageContentSources).toEqual([nginx]);
});

test('a pause of an administrator stays', async () => {
  const { ask, seed, read } = await startService({ debounceMs: 2000 });
  await seed('c1', { spec: { pausedUntil: 'true' } });
  await ask('POST', mirrors, { body: nginx });
  expect((await read('c1')).spec?.pausedUntil).toBe('true');
});

test('the status names every pool, and what keeps it', async () => {
  const { ask, client } = await started();
  await seedPool(client, 'c1', 'workers');
  const { id } = (await ask('POST', mirrors, { body: nginx })).json;
  expect((await ask('GET', `${mirrors}/${id}/status`)).json).toEqual({
    kind: 'ImageMirrorStatus',
    id,
    href: `${mirrors}/${id}/status`,
    state: 'pending',
    debounce_ms: 0,
    node_pools: [{ id: 'workers', updated: false, replicas: 0, message: 'waiting for the rollout to begin' }],
  });
});

test('the status of all mirrors follows the operator, and the hash that nodes have where it is noted', async () => {
  const { ask, client, service, read } = await started();
  await seedPool(client, 'c1', 'workers');
  await ask('POST', mirrors, { body: nginx });
  const status = async () => (await ask('GET', `${mirrors}/status`)).json;
  expect(await status()).toMatchObject({ state: 'pending', href: `${mirrors}/status` });
  const { metadata } = await read('c1');
  const seen = { type: 'ReconciliationSucceeded', status: 'True', observedGeneration: metadata.generation };
  await client.patch(
    hostedClusters,
    { namespace: 'clusters', name: 'c1' },
    'merge',
    { status: { conditions: [available, { ...seen, ...since }] } },
    { subresource: 'status' },
  );
  const pool = { namespace: 'clusters', name: 'workers' };
  const say = (condition: object) =>
    client.patch(
      nodePools,
      pool,
      'merge',
      { status: { conditions: [{ ...since, ...condition }] } },
      { subresource: 'status' },
    );
  await say({ type: 'UpdatingConfig', status: 'True', message: 'Updating config in progress' });
  expect(await status()).toMatchObject({ state: 'pending', node_pools: [{ message: 'Updating config in progress' }] });
  await say({ type: 'UpdatingConfig', status: 'False' });
  expect(await status()).toMatchObject({ state: 'ready', node_pools: [{ id: 'workers', updated: true }] });
  service.store.carriedMirrors = () => Promise.resolve('new');
  service.store.mirrorsOfNodes = () => 'old';
  expect(await status()).toMatchObject({ state: 'pending' });
  await say({ type: 'ValidMachineConfig', status: 'False', message: 'no key config' });
  expect(await status()).toMatchObject({ state: 'failed', node_pools: [{ updated: false, message: 'no key config' }] });
});

const since = { reason: 'AsExpected', message: '', lastTransitionTime: '2026-01-01T00:00:00Z' };
const available = { type: 'Available', status: 'True', ...since };

test('mirrors by tag are an extension that is asked for', async () => {
  const { ask, read } = await started({ tagMirrors: true });
  const { json } = await ask('POST', mirrors, { body: { ...nginx, type: 'tag' } });
  expect((await read('c1')).spec?.imageTagMirrorSet).toEqual([nginx]);
  expect((await ask('POST', mirrors, { body: nginx })).status).toBe(201);
  const other = await ask('PATCH', `${mirrors}/${json['id']}`, { body: { type: 'digest' } });
  expect(other.status).toBe(409);
  expect((await ask('GET', mirrors)).json['total']).toBe(2);
});

test('mirrors by tag are not there where they are not asked for', async () => {
  const { ask, seed } = await startService();
  await seed('c1', { spec: { imageTagMirrorSet: [nginx] } });
  expect((await ask('GET', mirrors)).json.items).toEqual([]);
});
