import { valueAt } from '@pullpath/api';
import { Informer } from '@pullpath/kube-client';
import { expect, onTestFinished, test } from 'vitest';
import { configMaps, nodes } from '../../src/resources.ts';
import { eventually, find } from '../support/control-plane.ts';
import { idms, itms, putConfigMap, putHostedCluster, putNodePool } from '../support/fixtures.ts';
import {
  clusterOf,
  conditionOf,
  controlPlaneConfigMap,
  coreMirrors,
  eventsOf,
  type Fleet,
  fleetReady,
  poolOf,
  registriesConf,
  startFleet,
  startScenario,
} from '../support/fleet.ts';
import { reference, unified, unifiedName } from '../support/unified.ts';

const invalid = { 'idms.yaml': idms('d', { source: 'quay.io/Foo', mirrors: ['mirror.example.com/x'] }) };
const other = { 'idms.yaml': idms('d', { source: 'ghcr.io', mirrors: ['mirror.example.com/ghcr'] }) };

/** Scenario 3, settled: both pools have the mirrors of the unified ConfigMap. */
async function startUnified(): Promise<Fleet> {
  const fleet = await startScenario();
  await putConfigMap(fleet.client, unifiedName, unified);
  await putHostedCluster(fleet.client, reference);
  await fleet.settle();
  fleet.rolls('a');
  fleet.rolls('b');
  return fleet;
}

const mirrorCondition = async (fleet: Fleet) => conditionOf(await clusterOf(fleet), 'ValidImageMirrorConfig');

test('scenario 16: an invalid revision changes no node, says so once, and scaling goes on', async () => {
  const fleet = await startUnified();
  const before = await controlPlaneConfigMap(fleet, coreMirrors);
  await putConfigMap(fleet.client, unifiedName, invalid);
  await fleet.settle();
  await putHostedCluster(fleet.client, { ...reference, channel: 'stable-4.21' });
  await fleet.settle();
  expect(await controlPlaneConfigMap(fleet, coreMirrors)).toEqual(before);
  expect(await mirrorCondition(fleet)).toMatchObject({ status: 'False', reason: 'ValidationFailed' });
  expect((await mirrorCondition(fleet))?.['message']).toMatch(/keeping revision \d+/);
  const events = await eventsOf(fleet, 'HostedCluster', 'my-cluster');
  expect(events.filter((reason) => reason === 'ImageMirrorConfigInvalid')).toHaveLength(1);
  await putNodePool(fleet.client, 'a', { replicas: 5 });
  await fleetReady(fleet, 8);
  const configs = (await fleet.guest().list(nodes.resource)).items.map(
    ({ metadata }) => metadata.annotations?.['machineconfiguration.openshift.io/currentConfig'],
  );
  expect(new Set(configs).size).toBe(2);
  expect([fleet.rolls('a'), fleet.rolls('b')]).toEqual([0, 0]);
});

test('scenario 17: a fixed revision rolls once, the old content restored does not', async () => {
  const fleet = await startUnified();
  await putConfigMap(fleet.client, unifiedName, invalid);
  await fleet.settle();
  await putConfigMap(fleet.client, unifiedName, unified);
  await fleet.settle();
  expect(await mirrorCondition(fleet)).toMatchObject({ status: 'True' });
  expect(fleet.rolls('a')).toBe(0);
  await putConfigMap(fleet.client, unifiedName, invalid);
  await fleet.settle();
  await putConfigMap(fleet.client, unifiedName, other);
  await fleet.settle();
  expect(await mirrorCondition(fleet)).toMatchObject({ status: 'True' });
  expect([fleet.rolls('a'), fleet.rolls('b')]).toEqual([1, 1]);
  expect(await registriesConf(fleet, 'b')).toContain('mirror.example.com/ghcr');
});

test('scenario 18: deleting the ConfigMap removes nothing, unsetting the reference does', async () => {
  const fleet = await startUnified();
  await fleet.client.delete(configMaps.resource, { namespace: 'clusters', name: unifiedName });
  await fleet.settle();
  expect(await mirrorCondition(fleet)).toMatchObject({ status: 'False', reason: 'ConfigMapNotFound' });
  expect(fleet.rolls('a')).toBe(0);
  expect(await controlPlaneConfigMap(fleet, 'image-mirror-config')).toBeDefined();
  await putHostedCluster(fleet.client);
  await fleet.settle();
  expect(await mirrorCondition(fleet)).toBeUndefined();
  expect(await controlPlaneConfigMap(fleet, 'image-mirror-config')).toBeUndefined();
  expect(await controlPlaneConfigMap(fleet, coreMirrors)).toBeUndefined();
  expect([fleet.rolls('a'), fleet.rolls('b')]).toEqual([1, 1]);
});

test('scenario 19: pools of a new cluster wait for mirrors that were never accepted', async () => {
  const fleet = await startFleet();
  await putConfigMap(fleet.client, unifiedName, invalid);
  await putHostedCluster(fleet.client, reference);
  await putNodePool(fleet.client, 'a');
  await fleet.settle();
  expect(conditionOf(await clusterOf(fleet), 'Available')).toMatchObject({ status: 'True' });
  expect(conditionOf(await clusterOf(fleet), 'ValidConfiguration')).toMatchObject({ reason: 'InvalidConfiguration' });
  const condition = conditionOf(await poolOf(fleet, 'a'), 'ValidMachineConfig');
  expect(condition).toMatchObject({ status: 'False', reason: 'WaitingForImageMirrorConfig' });
  expect(fleet.machines.created).toEqual([]);
  await putConfigMap(fleet.client, unifiedName, unified);
  await fleetReady(fleet, 3);
  expect(await registriesConf(fleet, 'a')).toContain('mirror.example.com/quay');
  expect(conditionOf(await clusterOf(fleet), 'ValidConfiguration')).toMatchObject({ status: 'True' });
  expect(fleet.rolls('a')).toBe(0);
});

test('scenario 20: an operator that ends after any of its writes converges, and nodes roll once', async () => {
  const fleet = await startUnified();
  const counts = await watchNodes(fleet, 'a');
  const kills = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 22, 26, 30, 36, 42, 50];
  for (const [round, writes] of kills.entries()) {
    const config = round % 2 === 0 ? other : unified;
    fleet.plane.killAfter(writes);
    await putConfigMap(fleet.client, unifiedName, config);
    await eventually(async () => (await isDead(fleet)) || (await isConverged(fleet, config)));
    await fleet.plane.restart();
    await eventually(async () => isConverged(fleet, config));
    await fleet.settle();
    expect([writes, fleet.rolls('a'), fleet.rolls('b')]).toEqual([writes, 1, 1]);
  }
  expect(await mirrorCondition(fleet)).toMatchObject({ status: 'True' });
  expect((await fleet.guest().list(nodes.resource)).items).toHaveLength(6);
  // maxUnavailable 0 and maxSurge 1, however often the operator ended in between.
  expect(counts()).toEqual({ fewest: 3, most: 4 });
}, 120_000);

/** The fewest and the most nodes that a pool ever had. */
async function watchNodes(fleet: Fleet, pool: string): Promise<() => { fewest: number; most: number }> {
  const labelSelector = `hypershift.openshift.io/nodePool=${pool}`;
  const informer = new Informer({
    client: fleet.guest(),
    resource: nodes.resource,
    labelSelector,
    report: () => undefined,
  });
  const stop = new AbortController();
  const ended = informer.run(stop.signal);
  await informer.synced(stop.signal);
  const seen = { fewest: informer.store.size, most: informer.store.size };
  informer.store.onChange(() => {
    seen.fewest = Math.min(seen.fewest, informer.store.size);
    seen.most = Math.max(seen.most, informer.store.size);
  });
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return () => seen;
}

const isDead = async ({ plane }: Fleet): Promise<boolean> =>
  plane.faults.splice(0).some((error) => String(error).includes('the process is dead'));

async function isConverged(fleet: Fleet, config: Readonly<Record<string, string>>): Promise<boolean> {
  const text = await registriesConf(fleet, 'a');
  return config === other ? text.includes('mirror.example.com/ghcr') : text.includes('mirror.example.com/rhel9');
}

const machineConfig = (version: string): string => `apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: 50-site
spec:
  config:
    ignition:
      version: ${version}
`;

test('scenario 21: a payload that cannot be made stops at the machines of the surge', async () => {
  const fleet = await startScenario();
  await putConfigMap(fleet.client, 'site', { config: machineConfig('2.2.0') });
  await putNodePool(fleet.client, 'a', { config: [{ name: 'site' }] });
  await fleet.settle();
  const pool = await poolOf(fleet, 'a');
  expect(conditionOf(pool, 'ValidMachineConfig')).toMatchObject({ status: 'True' });
  const payload = conditionOf(pool, 'ValidGeneratedPayload');
  expect(payload).toMatchObject({ status: 'False', reason: 'InvalidConfig' });
  expect(payload?.['message']).toMatch(/^failed to generate payload: MachineConfig 50-site/);
  expect(conditionOf(pool, 'ReachedIgnitionEndpoint')).toMatchObject({ status: 'False', reason: 'ignitionNotReached' });
  expect(conditionOf(pool, 'UpdatingConfig')).toMatchObject({ status: 'True' });
  const machines = valueAt(pool, ['status', 'machines']) as { joined: boolean }[];
  expect(machines.map(({ joined }) => joined)).toEqual([true, true, true, false]);
  expect((await fleet.guest().list(nodes.resource)).items).toHaveLength(6);
  await putConfigMap(fleet.client, 'site', { config: machineConfig('3.2.0') });
  await fleet.settle();
  expect(conditionOf(await poolOf(fleet, 'a'), 'UpdatingConfig')).toMatchObject({ status: 'False' });
  expect((await fleet.guest().list(nodes.resource)).items).toHaveLength(6);
});

test('scenario 22: a node that fails stops a rollout in place until it is well again', async () => {
  const fleet = await startScenario();
  const resume = fleet.holdNodes();
  await putHostedCluster(fleet.client, {
    imageContentSources: [{ source: 'quay.io', mirrors: ['mirror.example.com/quay'] }],
  });
  const told = async (): Promise<string[]> =>
    (await fleet.guest().list(nodes.resource)).items
      .filter(({ metadata: { name, annotations = {} } }) => {
        const at = (key: string) => annotations[`machineconfiguration.openshift.io/${key}`];
        return name?.startsWith('b-') && at('desiredConfig') !== at('currentConfig');
      })
      .map(({ metadata }) => metadata.name ?? '');
  await eventually(async () => (await told()).length === 1);
  const [first = ''] = await told();
  const set = async (annotations: Record<string, string>) =>
    fleet.guest().patch(nodes.resource, { name: first }, 'merge', { metadata: { annotations } });
  await set({
    'machineconfiguration.openshift.io/state': 'Degraded',
    'machineconfiguration.openshift.io/reason': 'disk full',
  });
  resume();
  await fleet.settle();
  expect(await told()).toEqual([first]);
  const condition = conditionOf(await poolOf(fleet, 'b'), 'UpdatingConfig');
  expect(condition).toMatchObject({ status: 'False', reason: 'InplaceUpgradeFailed' });
  expect(condition?.['message']).toBe(`Node ${first} is degraded: disk full`);
  await set({ 'machineconfiguration.openshift.io/state': 'Done' });
  await eventually(
    async () => (await told()).length === 0 && (await registriesConf(fleet, 'b')).includes('mirror.example'),
  );
  expect(await find(fleet.guest(), nodes, { name: first })).toBeDefined();
});

test('1,000 flaps between valid and invalid roll nodes for accepted revisions only', async () => {
  const fleet = await startUnified();
  for (let flap = 0; flap < 500; flap++) {
    await putConfigMap(fleet.client, unifiedName, invalid);
    await putConfigMap(fleet.client, unifiedName, unified);
    if (flap % 100 === 99) await fleet.settle();
  }
  await fleet.settle();
  expect([fleet.rolls('a'), fleet.rolls('b')]).toEqual([0, 0]);
  expect(await mirrorCondition(fleet)).toMatchObject({ status: 'True' });
  const tags = itms('t', { source: 'quay.io/x', mirrors: ['mirror.example.com/x'] });
  await putConfigMap(fleet.client, unifiedName, { ...unified, 'itms.yaml': tags });
  await fleet.settle();
  expect([fleet.rolls('a'), fleet.rolls('b')]).toEqual([1, 1]);
}, 60_000);
