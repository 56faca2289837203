import { valueAt } from '@pullpath/api';
import { nodeAnnotations } from '@pullpath/pull-config';
import { expect, test } from 'vitest';
import { marks } from '../../src/openshift/machine-config-pool/marks.ts';
import { machineConfigPools } from '../../src/openshift/resources.ts';
import { machineConfigs, nodes } from '../../src/resources.ts';
import { pauseRollout, resumeRollout, rolloutMarks, undoRollout } from '../../src/rollout/index.ts';
import { eventually } from '../support/control-plane.ts';
import {
  annotate,
  conditionOf,
  eventsOn,
  hasFile,
  mostOutOfWork,
  nodeNamed,
  poolNamed,
  putDigestMirrors,
  putNode,
  putPool,
  putTagMirrors,
  quiet,
  startPools,
  type TestPools,
  updated,
} from '../support/pools.ts';

const registriesConf = '/etc/containers/registries.conf';
const mirrored = hasFile(registriesConf, 'mirror.example.com');

async function mirrorTags({ client }: TestPools): Promise<void> {
  await putTagMirrors(client, 'tags', { source: 'quay.io', mirrors: ['mirror.example.com/quay'] });
}

async function heldFor({ client }: TestPools, reason: string): Promise<void> {
  await eventually(async () => valueAt(conditionOf(await poolNamed(client, 'worker'), 'Held'), ['reason']) === reason);
}

async function takenBy({ client }: TestPools, target: unknown): Promise<readonly string[]> {
  const { items } = await client.list(nodes.resource);
  return items
    .filter(({ metadata }) => metadata.annotations?.[nodeAnnotations.desiredConfig] === target)
    .map(({ metadata }) => metadata.name);
}

async function steer({ client }: TestPools, word: typeof pauseRollout): Promise<void> {
  const pool = await client.get(machineConfigPools.resource, { name: 'worker' });
  await client.patch(machineConfigPools.resource, { name: 'worker' }, 'merge', word(pool as never).patch);
}

async function undo(cluster: TestPools): Promise<void> {
  const labelSelector = `${marks.renderedFor}=worker`;
  const { items } = await cluster.client.list(machineConfigs.resource, { labelSelector });
  await steer(cluster, (pool) => undoRollout(pool, items as never));
}

async function targetOf({ client }: TestPools): Promise<unknown> {
  return valueAt(await poolNamed(client, 'worker'), ['spec', 'configuration', 'name']);
}

test('nodes change one after the other, are drained, and take pods again', async () => {
  const cluster = await startPools(['a', 'b', 'c']);
  await updated(cluster, 'worker');
  const monitor = mostOutOfWork(cluster.plane);
  await mirrorTags(cluster);
  await updated(cluster, 'worker', mirrored);
  expect(monitor.most()).toBe(1);
  for (const name of ['a', 'b', 'c']) {
    const node = await nodeNamed(cluster.client, name);
    expect(valueAt(node, ['spec'])).toEqual({});
    const reasons = (await eventsOn(cluster.client, 'Node', name)).map((text) => text.split(':')[0]);
    expect(reasons).toEqual(expect.arrayContaining(['Cordon', 'Drain', 'Uncordon']));
  }
  expect(cluster.plane.faults).toEqual([]);
});

test('nodes change by zone, those without one last, the oldest first', async () => {
  const cluster = await startPools([]);
  const { client } = cluster;
  const zone = (name: string) => ({ 'node-role.kubernetes.io/worker': '', 'topology.kubernetes.io/zone': name });
  await putNode(client, 'none', { 'node-role.kubernetes.io/worker': '' });
  await putNode(client, 'b', zone('two'));
  await putNode(client, 'c', zone('one'));
  await putNode(client, 'a', zone('two'));
  await updated(cluster, 'worker');
  await quiet(cluster);
  const monitor = mostOutOfWork(cluster.plane);
  await mirrorTags(cluster);
  const target = valueAt(await updated(cluster, 'worker', mirrored), ['spec', 'configuration', 'name']);
  const order = monitor.order
    .filter((entry) => entry.endsWith(` ${String(target)}`))
    .map((entry) => entry.split(' ')[0]);
  expect(order).toEqual(['c', expect.stringMatching(/^[ab]$/), expect.stringMatching(/^[ab]$/), 'none']);
});

test('a percentage of nodes may be out of work at once', async () => {
  const cluster = await startPools(['a', 'b', 'c', 'd', 'e'], []);
  await putPool(cluster.client, 'worker', { maxUnavailable: '50%' });
  await updated(cluster, 'worker');
  const monitor = mostOutOfWork(cluster.plane);
  await mirrorTags(cluster);
  await updated(cluster, 'worker', mirrored);
  expect(monitor.most()).toBe(2);
});

test.each([['many'], [-1]])('maxUnavailable %j is told by a condition, and no node is', async (maxUnavailable) => {
  const cluster = await startPools(['a']);
  await updated(cluster, 'worker');
  await cluster.client.patch(machineConfigPools.resource, { name: 'worker' }, 'merge', { spec: { maxUnavailable } });
  await heldFor(cluster, 'InvalidMaxUnavailable');
  await mirrorTags(cluster);
  await quiet(cluster);
  expect(await takenBy(cluster, await targetOf(cluster))).toEqual([]);
});

test('a paused pool shows what it would do and tells no node', async () => {
  const cluster = await startPools(['a']);
  await updated(cluster, 'worker');
  await steer(cluster, pauseRollout);
  await mirrorTags(cluster);
  await quiet(cluster);
  const pool = await poolNamed(cluster.client, 'worker');
  expect(valueAt(conditionOf(pool, 'Updating'), ['message'])).toContain('Pool is paused');
  expect(await takenBy(cluster, await targetOf(cluster))).toEqual([]);
  await steer(cluster, resumeRollout);
  await updated(cluster, 'worker', mirrored);
});

test('canaries hold the rollout until someone approves what they have', async () => {
  const cluster = await startPools(['a', 'b', 'c']);
  await updated(cluster, 'worker');
  await annotate(cluster.client, 'worker', { [rolloutMarks.canary]: '1' });
  await mirrorTags(cluster);
  await heldFor(cluster, 'Canaries');
  await quiet(cluster);
  const target = await targetOf(cluster);
  expect(await takenBy(cluster, target)).toEqual(['a']);
  expect(valueAt(await nodeNamed(cluster.client, 'b'), ['spec', 'taints'])).toBeUndefined();
  await steer(cluster, resumeRollout);
  await updated(cluster, 'worker', mirrored);
});

test('an annotation that is no number stops the rollout and is told', async () => {
  const cluster = await startPools(['a']);
  await updated(cluster, 'worker');
  await annotate(cluster.client, 'worker', { [rolloutMarks.canary]: 'few' });
  await heldFor(cluster, 'InvalidAnnotation');
});

test('a rollout stops after as many failures as the pool allows, and goes back', async () => {
  const cluster = await startPools(['a', 'b', 'c']);
  const { client, agents } = cluster;
  const before = valueAt(await updated(cluster, 'worker'), ['spec', 'configuration', 'name']);
  await annotate(client, 'worker', { [rolloutMarks.stopAfterFailures]: '1' });
  agents.failing.add('*');
  await mirrorTags(cluster);
  await heldFor(cluster, 'TooManyFailures');
  await quiet(cluster);
  const target = String(await targetOf(cluster));
  expect(await takenBy(cluster, target)).toEqual(['a']);
  const degraded = await poolNamed(client, 'worker');
  expect(valueAt(degraded, ['status', 'degradedMachineCount'])).toBe(1);
  expect(valueAt(conditionOf(degraded, 'Degraded'), ['status'])).toBe('True');
  expect(valueAt(degraded, ['status', 'configuration', 'name'])).toBe(before);
  await undo(cluster);
  await eventually(async () => (await takenBy(cluster, before)).length === 3);
  await updated(cluster, 'worker', (config) => config.metadata.name === before);
});

test('what a pool went back from stays away until the rules change', async () => {
  const cluster = await startPools(['a', 'b']);
  const { client } = cluster;
  const before = String(valueAt(await updated(cluster, 'worker'), ['spec', 'configuration', 'name']));
  await mirrorTags(cluster);
  await updated(cluster, 'worker', mirrored);
  await undo(cluster);
  await updated(cluster, 'worker', (config) => config.metadata.name === before);
  await cluster.plane.restart();
  await quiet(cluster);
  expect(await targetOf(cluster)).toBe(before);
  await putDigestMirrors(client, 'more', { source: 'docker.io', mirrors: ['mirror.example.com/hub'] });
  const after = await updated(cluster, 'worker', hasFile(registriesConf, 'mirror.example.com/hub'));
  expect(after.metadata.annotations?.[rolloutMarks.pinned]).toBeUndefined();
});

test('a burst of edits is one rollout', async () => {
  const cluster = await startPools(['a'], ['worker'], 2_000);
  await updated(cluster, 'worker');
  for (const part of ['one', 'two', 'three'])
    await putDigestMirrors(cluster.client, part, {
      source: `quay.io/${part}`,
      mirrors: [`mirror.example.com/${part}`],
    });
  await updated(cluster, 'worker', mirrored);
  expect(cluster.agents.deeds.length).toBe(2);
});

test('no more than a few configurations of the past are kept, and none that a node names goes', async () => {
  const cluster = await startPools(['a', 'b']);
  const { client, agents } = cluster;
  const first = String(valueAt(await updated(cluster, 'worker'), ['spec', 'configuration', 'name']));
  agents.silent.add('b');
  for (let round = 0; round < 8; round++) {
    await putDigestMirrors(client, 'round', { source: 'quay.io', mirrors: [`mirror.example.com/round-${round}`] });
    await quiet(cluster);
  }
  agents.silent.clear();
  await client.patch(nodes.resource, { name: 'b' }, 'merge', { metadata: { labels: { look: 'again' } } });
  await updated(cluster, 'worker', hasFile(registriesConf, 'round-7'));
  await quiet(cluster);
  const { items } = await client.list(machineConfigs.resource);
  const rendered = items.filter(({ metadata }) => metadata.name.startsWith('rendered-worker-'));
  expect(rendered.length).toBeLessThanOrEqual(6);
  expect(rendered.map(({ metadata }) => metadata.name)).toContain(await targetOf(cluster));
  expect(first).not.toBe('');
});
