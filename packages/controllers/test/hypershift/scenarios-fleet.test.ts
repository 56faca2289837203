import { valueAt } from '@pullpath/api';
import { expect, test } from 'vitest';
import { hostedClusters, hostedControlPlanes } from '../../src/hypershift/resources.ts';
import { configMaps } from '../../src/resources.ts';
import { eventually, find } from '../support/control-plane.ts';
import { idms, itms, putConfigMap, putHostedCluster, putNamespace, putNodePool } from '../support/fixtures.ts';
import { clusterOf, conditionOf, type Fleet, fleetReady, startFleet } from '../support/fleet.ts';
import { reference, unified, unifiedName } from '../support/unified.ts';

const changed = { 'idms.yaml': idms('d', { source: 'ghcr.io', mirrors: ['mirror.example.com/ghcr'] }) };
const limit = (count: number) => ({
  annotations: { 'hypershift.openshift.io/image-mirror-rollout-max-concurrent': String(count) },
});

const name = (index: number): string => `c${String(index).padStart(3, '0')}`;

async function hashes({ client }: Fleet): Promise<Map<string, unknown>> {
  const { items } = await client.list(hostedClusters.resource);
  return new Map(
    items.map((item) => [String(item.metadata.name), valueAt(item, ['status', 'imageMirrorConfig', 'hash'])]),
  );
}

const allHave = async (fleet: Fleet, count: number, not: unknown): Promise<boolean> => {
  const found = [...(await hashes(fleet)).values()];
  return found.length >= count && found.every((hash) => typeof hash === 'string' && hash !== '' && hash !== not);
};

async function putClusters(
  fleet: Fleet,
  count: number,
  spec: object = reference,
  version = '4.21.0',
  from = 0,
): Promise<void> {
  const all = Array.from({ length: count }, (_, index) => index + from);
  await Promise.all(all.map(async (index) => putHostedCluster(fleet.client, spec, { name: name(index), version })));
}

test('scenario 30: one change reaches 500 clusters with one write of a mirror copy each', async () => {
  const fleet = await startFleet({}, false);
  await putConfigMap(fleet.client, unifiedName, unified);
  await putClusters(fleet, 500);
  await eventually(async () => allHave(fleet, 500, undefined), 60_000);
  await fleet.settle();
  const before = (await hashes(fleet)).get(name(0));
  fleet.plane.writes();
  await putConfigMap(fleet.client, unifiedName, changed);
  await eventually(async () => allHave(fleet, 500, before), 60_000);
  const writes = fleet.plane.writes();
  const copies = writes.filter(({ path }) => path.includes('/image-mirror-config'));
  expect(copies).toHaveLength(500);
  const derived = writes.filter(({ path }) => path.includes('/ignition-config-40-image-content-source'));
  expect(derived).toHaveLength(500);
  const user = await find(fleet.client, configMaps, { namespace: 'clusters', name: unifiedName });
  expect(user?.metadata.annotations).toBeUndefined();
  expect(fleet.plane.faults).toEqual([]);
}, 120_000);

test('scenario 31: no more clusters roll out a revision than its ConfigMap allows, and a bad one stops there', async () => {
  const fleet = await startFleet();
  await putConfigMap(fleet.client, unifiedName, unified, limit(2));
  for (let index = 0; index < 6; index++) {
    const cluster = name(index);
    await putHostedCluster(fleet.client, reference, { name: cluster });
    await putNodePool(fleet.client, `${cluster}-pool`, { replicas: 1 }, { clusterName: cluster });
    await fleetReady(fleet, 1, `clusters-${cluster}`);
  }
  const [before] = (await hashes(fleet)).values();
  const resume = fleet.holdNodes();
  await putConfigMap(fleet.client, unifiedName, changed, limit(2));
  await fleet.settle();
  const rolling = async (): Promise<string[]> =>
    [...(await hashes(fleet))].filter(([, hash]) => hash !== before).map(([cluster]) => cluster);
  expect(await rolling()).toEqual([name(0), name(1)]);
  const waiting = conditionOf(await clusterOf(fleet, name(3)), 'ValidImageMirrorConfig');
  expect(waiting).toMatchObject({ status: 'True' });
  expect(waiting?.['message']).toContain('waits until fewer clusters roll it out');
  await fleet.plane.restart();
  await fleet.settle();
  expect(await rolling()).toEqual([name(0), name(1)]);
  const most = { seen: 0 };
  resume();
  await eventually(async () => {
    const { items } = await fleet.client.list(hostedClusters.resource);
    const pending = items.filter(
      (item) =>
        valueAt(item, ['status', 'imageMirrorConfig', 'hash']) !== before &&
        valueAt(item, ['status', 'imageMirrorConfig', 'pendingNodePools']) !== 0,
    );
    most.seen = Math.max(most.seen, pending.length);
    return (await rolling()).length === 6;
  }, 20_000);
  expect(most.seen).toBeLessThanOrEqual(2);
}, 60_000);

test('scenario 31: a revision that breaks nodes stops after as many, and a fixed one goes to all', async () => {
  const fleet = await startFleet();
  await putConfigMap(fleet.client, unifiedName, unified, limit(1));
  const own = { source: 'ghcr.io', mirrors: ['own.example.com/ghcr'], mirrorSourcePolicy: 'NeverContactSource' };
  await putConfigMap(fleet.client, 'own', { config: idms('own', own) });
  for (let index = 0; index < 3; index++) {
    const cluster = name(index);
    await putHostedCluster(fleet.client, reference, { name: cluster });
    await putNodePool(
      fleet.client,
      `${cluster}-pool`,
      { replicas: 1, config: [{ name: 'own' }] },
      { clusterName: cluster },
    );
    await fleetReady(fleet, 1, `clusters-${cluster}`);
  }
  const [before] = (await hashes(fleet)).values();
  await putConfigMap(fleet.client, unifiedName, changed, limit(1));
  await fleet.settle();
  const old = async (): Promise<number> => [...(await hashes(fleet)).values()].filter((hash) => hash === before).length;
  expect(await old()).toBe(2);
  const fixed = { 'itms.yaml': itms('t', { source: 'docker.io/library', mirrors: ['mirror.example.com/library'] }) };
  await putConfigMap(fleet.client, unifiedName, fixed, limit(1));
  await eventually(async () => (await old()) === 0, 20_000);
}, 60_000);

test('scenario 32: gated, paused and deleting clusters of a fleet are gated, left alone and skipped', async () => {
  const fleet = await startFleet({}, false);
  await putConfigMap(fleet.client, unifiedName, unified);
  await putClusters(fleet, 20);
  await putClusters(fleet, 10, reference, '4.20.5', 20);
  await putClusters(fleet, 5, reference, '4.21.0', 30);
  await eventually(async () => allHave(fleet, 35, undefined), 30_000);
  await putClusters(fleet, 5, { ...reference, pausedUntil: 'true' }, '4.21.0', 30);
  await fleet.settle();
  const before = await hashes(fleet);
  const place = { namespace: 'clusters', name: name(0) };
  const hold = { metadata: { finalizers: ['example.com/hold', 'hypershift.openshift.io/finalizer'] } };
  await fleet.client.patch(hostedClusters.resource, place, 'merge', hold);
  await fleet.client.delete(hostedClusters.resource, place);
  await putConfigMap(fleet.client, unifiedName, { ...changed, 'itms.yaml': unified['itms.yaml'] });
  await fleet.settle();
  const after = await hashes(fleet);
  const moved = [...after].filter(([cluster, hash]) => before.get(cluster) !== hash).map(([cluster]) => cluster);
  expect(moved).toEqual(Array.from({ length: 29 }, (_, index) => name(index + 1)));
  expect(after.get(name(20))).not.toBe(after.get(name(1)));
  expect(conditionOf(await clusterOf(fleet, name(20)), 'ValidImageMirrorConfig')).toMatchObject({
    reason: 'UnsupportedVersion',
  });
  expect(fleet.plane.faults).toEqual([]);
}, 60_000);

test('scenario 33: a ConfigMap of another namespace is not read', async () => {
  const fleet = await startFleet({}, false);
  await putNamespace(fleet.client, 'other');
  await putConfigMap(fleet.client, unifiedName, unified);
  await putHostedCluster(fleet.client, reference, { namespace: 'other' });
  await fleet.settle();
  const condition = conditionOf(await clusterOf(fleet, 'my-cluster', 'other'), 'ValidImageMirrorConfig');
  expect(condition).toMatchObject({ status: 'False', reason: 'ConfigMapNotFound' });
  const place = { namespace: 'other-my-cluster', name: 'my-cluster' };
  expect(await find(fleet.client, hostedControlPlanes, place)).toBeDefined();
});

test('scenario 34: a ConfigMap that may not be read is told in the words of the server, and tried again', async () => {
  const fleet = await startFleet({}, false);
  await putConfigMap(fleet.client, unifiedName, unified);
  fleet.plane.forbid('/configmaps');
  await fleet.plane.restart();
  await putHostedCluster(fleet.client, reference);
  const condition = async () => conditionOf(await clusterOf(fleet), 'ValidImageMirrorConfig');
  await eventually(async () => (await condition()) !== undefined, 20_000);
  expect(await condition()).toMatchObject({ status: 'False' });
  expect((await condition())?.['message']).toMatch(/cannot be read: .*configmaps.*forbidden/);
  fleet.plane.forbid(undefined);
  await eventually(async () => (await condition())?.['status'] === 'True', 40_000);
}, 90_000);
