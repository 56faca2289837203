import { expect, test } from 'vitest';
import { nodePools } from '../../src/hypershift/resources.ts';
import { machineConfigs, nodes, tagMirrorSets } from '../../src/resources.ts';
import { eventually, find } from '../support/control-plane.ts';
import { itms, putConfigMap, putHostedCluster, putNodePool } from '../support/fixtures.ts';
import {
  conditionOf,
  eventsOf,
  type Fleet,
  fleetReady,
  poolOf,
  registriesConf,
  rulesOf,
  startScenario,
} from '../support/fleet.ts';

const inPlace = { management: { upgradeType: 'InPlace' } };
const rule = { source: 'quay.io/openshift-release-dev', mirrors: ['mirror.example.com/openshift-release-dev'] };
const tagMirrors = { config: itms('worker-tag-mirrors', rule) };
const imageContentSources = [{ source: 'quay.io', mirrors: ['mirror.example.com/quay'] }];

const guestCopy = async (fleet: Fleet, name: string) => find(fleet.guest(), tagMirrorSets, { name });

test('scenario 35: tag mirrors of a NodePool reach its own nodes alone, and are seen in the guest', async () => {
  const fleet = await startScenario();
  await putConfigMap(fleet.client, 'tag-mirrors', tagMirrors);
  await putNodePool(fleet.client, 'a', { config: [{ name: 'tag-mirrors' }] });
  await fleet.settle();
  expect([fleet.rolls('a'), fleet.rolls('b')]).toEqual([1, 0]);
  expect(await registriesConf(fleet, 'a')).toContain('pull-from-mirror = "tag-only"');
  expect(await registriesConf(fleet, 'b')).not.toContain('mirror.example.com');
  const copy = await guestCopy(fleet, 'worker-tag-mirrors');
  expect(rulesOf(copy)).toEqual([rule]);
  expect(copy?.metadata.annotations?.['hypershift.openshift.io/nodepools']).toBe('a');
  await putNodePool(fleet.client, 'a');
  await fleet.settle();
  expect(await guestCopy(fleet, 'worker-tag-mirrors')).toBeUndefined();
});

test('scenario 36: documents of one name with other content are both seen, and each pool has its own', async () => {
  const fleet = await startScenario();
  const other = { source: 'docker.io/library', mirrors: ['mirror.example.com/library'] };
  await putConfigMap(fleet.client, 'tag-mirrors', tagMirrors);
  await putConfigMap(fleet.client, 'other-mirrors', { config: itms('worker-tag-mirrors', other) });
  await putNodePool(fleet.client, 'a', { config: [{ name: 'tag-mirrors' }] });
  await putNodePool(fleet.client, 'b', { ...inPlace, config: [{ name: 'other-mirrors' }] });
  await fleet.settle();
  expect(rulesOf(await guestCopy(fleet, 'worker-tag-mirrors'))).toEqual([rule]);
  expect(rulesOf(await guestCopy(fleet, 'worker-tag-mirrors-b'))).toEqual([other]);
  const [a, b] = [await registriesConf(fleet, 'a'), await registriesConf(fleet, 'b')];
  expect([a.includes('library'), b.includes('library')]).toEqual([false, true]);
});

test('scenario 37: what a pool names and cannot use is told with a hint, and scaling goes on', async () => {
  const fleet = await startScenario();
  await putConfigMap(fleet.client, 'wrong-key', { 'itms.yaml': tagMirrors.config });
  await putConfigMap(fleet.client, 'wrong-kind', {
    config: 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: x\n',
  });
  const cases: readonly [name: string, message: RegExp][] = [
    ['wrong-key', /"config".*is missing.*imageMirrorConfigRef/],
    ['wrong-kind', /configmap "wrong-kind" yaml document failed validation.*Deployment/],
    ['missing', /ConfigMap "missing" of namespace "clusters"/],
  ];
  for (const [index, [name, message]] of cases.entries()) {
    await putNodePool(fleet.client, 'a', { config: [{ name }], replicas: 4 + index });
    await fleetReady(fleet, 7 + index);
    const condition = conditionOf(await poolOf(fleet, 'a'), 'ValidMachineConfig');
    expect(condition).toMatchObject({ status: 'False', reason: 'ValidationFailed' });
    expect(condition?.['message']).toMatch(message);
  }
  expect(fleet.rolls('a')).toBe(0);
  await putConfigMap(fleet.client, 'both', { ...tagMirrors, 'itms.yaml': 'x' });
  await putNodePool(fleet.client, 'a', { config: [{ name: 'both' }] });
  await fleet.settle();
  expect(await eventsOf(fleet, 'NodePool', 'a')).toContain('IgnoredConfigMapKeys');
});

test('scenario 38: the order of documents and references changes no hash', async () => {
  const fleet = await startScenario();
  const documents = [
    'apiVersion: machineconfiguration.openshift.io/v1\nkind: MachineConfig\nmetadata:\n  name: 50-x\nspec: {}\n',
    tagMirrors.config,
    'apiVersion: machineconfiguration.openshift.io/v1\nkind: KubeletConfig\nmetadata:\n  name: k\nspec:\n  kubeletConfig:\n    maxPods: 100\n',
  ];
  for (const order of [
    [0, 1, 2],
    [2, 0, 1],
    [1, 2, 0],
  ]) {
    await putConfigMap(fleet.client, 'three', { config: order.map((index) => documents[index]).join('---\n') });
    await putNodePool(fleet.client, 'a', { config: [{ name: 'three' }] });
    await fleet.settle();
  }
  expect(fleet.rolls('a')).toBe(1);
});

test('scenario 39: with OnDelete no machine moves until one is deleted', async () => {
  const fleet = await startScenario();
  const management = { upgradeType: 'Replace', replace: { strategy: 'OnDelete' } };
  await putNodePool(fleet.client, 'd', { management });
  await fleetReady(fleet, 9);
  await putHostedCluster(fleet.client, { imageContentSources });
  await fleet.settle();
  const ofPool = async () =>
    (await fleet.guest().list(nodes.resource)).items.filter(({ metadata }) => metadata.name?.startsWith('d-'));
  const before = (await ofPool()).map(({ metadata }) => metadata.name);
  const condition = conditionOf(await poolOf(fleet, 'd'), 'UpdatingConfig');
  expect(condition).toMatchObject({ status: 'True', reason: 'AsExpected' });
  expect(condition?.['message']).toMatch(
    /^Updating config in progress\. Target config: [0-9a-f]{8} \(image mirrors\)$/,
  );
  await fleet.guest().delete(nodes.resource, { name: before[0] });
  await eventually(async () => (await ofPool()).length === 3);
  const configs = (await ofPool()).map(
    ({ metadata }) => metadata.annotations?.['machineconfiguration.openshift.io/currentConfig'],
  );
  expect(new Set(configs).size).toBe(2);
  const current = await ofPool();
  for (const { metadata } of current.filter((node) => before.includes(node.metadata.name)))
    await fleet.guest().delete(nodes.resource, { name: metadata.name });
  await eventually(async () => conditionOf(await poolOf(fleet, 'd'), 'UpdatingConfig')?.['status'] === 'False');
});

test('scenario 40: a paused pool does nothing, and rolls once when it goes on', async () => {
  const fleet = await startScenario();
  await putNodePool(fleet.client, 'a', { pausedUntil: 'true' });
  await fleet.settle();
  await putHostedCluster(fleet.client, { imageContentSources });
  await fleet.settle();
  expect(conditionOf(await poolOf(fleet, 'a'), 'ReconciliationActive')).toMatchObject({
    status: 'False',
    reason: 'ReconciliationPaused',
    message: 'Reconciliation paused until field removed',
  });
  expect([fleet.rolls('a'), fleet.rolls('b')]).toEqual([0, 1]);
  await putNodePool(fleet.client, 'a');
  await fleet.settle();
  expect(fleet.rolls('a')).toBe(1);
  expect(conditionOf(await poolOf(fleet, 'a'), 'ReconciliationActive')).toMatchObject({ status: 'True' });
});

test('a rolling update keeps to maxSurge and maxUnavailable, and empties each node before it goes', async () => {
  const fleet = await startScenario();
  const resume = fleet.holdNodes();
  await putHostedCluster(fleet.client, { imageContentSources });
  await fleet.settle();
  const ofPool = (await fleet.guest().list(nodes.resource)).items.filter(({ metadata }) =>
    metadata.name?.startsWith('a-'),
  );
  expect(ofPool).toHaveLength(4);
  const asked = ofPool.filter(
    ({ metadata }) => metadata.annotations?.['machineconfiguration.openshift.io/desiredDrain'],
  );
  expect(asked).toHaveLength(1);
  expect(fleet.machines.removed).toEqual([]);
  resume();
  await eventually(async () => conditionOf(await poolOf(fleet, 'a'), 'UpdatingConfig')?.['status'] === 'False');
  await fleet.settle();
  expect(fleet.machines.removed).toHaveLength(3);
});

test('a pool that is scaled down empties its surplus, and one that is deleted leaves nothing behind', async () => {
  const fleet = await startScenario();
  await putNodePool(fleet.client, 'a', { replicas: 1 });
  await fleetReady(fleet, 4);
  await fleet.client.delete(nodePools.resource, { namespace: 'clusters', name: 'a' });
  await eventually(async () => (await poolOf(fleet, 'a')) === undefined);
  await fleetReady(fleet, 3);
  const { items } = await fleet.guest().list(machineConfigs.resource);
  expect(items.filter(({ metadata }) => metadata.name?.startsWith('rendered-a-'))).toEqual([]);
});
