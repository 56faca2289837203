import { valueAt } from '@pullpath/api';
import { type KubeClient, type KubeObject, pods, type Resource } from '@pullpath/kube-client';
import { expect, test } from 'vitest';
import { nodes, tagMirrorSets } from '../../src/resources.ts';
import { drainMarks } from '../../src/rollout/drain/marks.ts';
import { eventually } from '../support/control-plane.ts';
import { putNamespace } from '../support/fixtures.ts';
import {
  eventsOn,
  hasFile,
  mostOutOfWork,
  nodeNamed,
  putTagMirrors,
  quiet,
  startPools,
  type TestPools,
  updated,
} from '../support/pools.ts';

const mirrored = hasFile('/etc/containers/registries.conf', 'mirror.example.com');
const budgets: Resource = {
  group: 'policy',
  version: 'v1',
  plural: 'poddisruptionbudgets',
  kind: 'PodDisruptionBudget',
  namespaced: true,
};

/** Tag mirrors: a change that empties nodes. */
async function mirrorTags(client: KubeClient): Promise<void> {
  await putTagMirrors(client, 'tags', { source: 'quay.io', mirrors: ['mirror.example.com/quay'] });
}

async function putPod(client: KubeClient, name: string, node: string, metadata: object = {}): Promise<void> {
  const spec = {
    nodeName: node,
    containers: [{ name: 'main', image: 'quay.io/app' }],
    terminationGracePeriodSeconds: 0,
  };
  await client.create(pods, {
    metadata: { namespace: 'work', name, labels: { app: 'main' }, ...metadata },
    spec,
  } as never);
  const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
  await client.patch(pods, { namespace: 'work', name }, 'strategic', { status }, { subresource: 'status' });
}

/** A budget that lets no pod go. The server fills in its status where a controller would. */
async function putBudget(client: KubeClient): Promise<void> {
  const spec = { minAvailable: 1, selector: { matchLabels: { app: 'main' } } };
  await client.create(budgets, { metadata: { namespace: 'work', name: 'none-may-go' }, spec } as KubeObject);
}

async function putDaemonSet(client: KubeClient, name: string): Promise<KubeObject> {
  const resource = { group: 'apps', version: 'v1', plural: 'daemonsets', kind: 'DaemonSet', namespaced: true };
  const matchLabels = { app: 'agent' };
  const template = {
    metadata: { labels: matchLabels },
    spec: { containers: [{ name: 'main', image: 'quay.io/agent' }] },
  };
  const spec = { selector: { matchLabels }, template };
  return client.create(resource, { metadata: { namespace: 'work', name }, spec } as KubeObject);
}

async function podNames(client: KubeClient): Promise<readonly string[]> {
  return (await client.list(pods, { namespace: 'work' })).items.map(({ metadata }) => metadata.name ?? '').sort();
}

async function startWithPods(): Promise<TestPools> {
  const cluster = await startPools(['a', 'b']);
  await updated(cluster, 'worker');
  await putNamespace(cluster.client, 'work');
  return cluster;
}

async function cordonedBy({ client }: TestPools): Promise<string> {
  return eventually(async () => {
    const { items } = await client.list(nodes.resource);
    return items.find((node) => valueAt(node, ['spec', 'unschedulable']) === true)?.metadata.name;
  });
}

test('pods leave a node before it changes, but for those that would come back to it', async () => {
  const cluster = await startWithPods();
  const { client } = cluster;
  await putPod(client, 'free', 'a');
  const { uid = '' } = (await putDaemonSet(client, 'agent')).metadata;
  const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid, controller: true };
  await putPod(client, 'daemon', 'a', { ownerReferences: [owner] });
  await putPod(client, 'static', 'b', { annotations: { 'kubernetes.io/config.mirror': 'hash' } });
  await mirrorTags(client);
  await updated(cluster, 'worker', mirrored);
  expect(await podNames(client)).toEqual(['daemon', 'static']);
});

test('a budget that never allows holds the rollout at one node; when it goes the rollout goes on', async () => {
  const cluster = await startWithPods();
  const { client } = cluster;
  await putPod(client, 'only', 'a');
  await putBudget(client);
  const monitor = mostOutOfWork(cluster.plane);
  await mirrorTags(client);
  expect(await cordonedBy(cluster)).toBe('a');
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(await podNames(client)).toEqual(['only']);
  expect(monitor.most()).toBe(1);
  await client.delete(budgets, { namespace: 'work', name: 'none-may-go' });
  await updated(cluster, 'worker', mirrored);
  expect(await podNames(client)).toEqual([]);
  expect(monitor.most()).toBe(1);
});

test('a node that is gone in the middle of its drain does not hold the others', async () => {
  const cluster = await startWithPods();
  const { client } = cluster;
  await putPod(client, 'only', 'a');
  await putBudget(client);
  await mirrorTags(client);
  await cordonedBy(cluster);
  await client.delete(nodes.resource, { name: 'a' });
  const pool = await updated(cluster, 'worker', mirrored);
  expect(valueAt(pool, ['status', 'machineCount'])).toBe(1);
  expect(cluster.plane.faults).toEqual([]);
});

test('a node that an administrator had cordoned before its drain stays cordoned', async () => {
  const cluster = await startWithPods();
  const { client } = cluster;
  cluster.agents.silent.add('a');
  await client.patch(nodes.resource, { name: 'a' }, 'merge', { spec: { unschedulable: true } });
  for (const desired of ['drain-new', 'uncordon-new']) {
    const annotations = { [drainMarks.desired]: desired };
    await client.patch(nodes.resource, { name: 'a' }, 'merge', { metadata: { annotations } });
    await eventually(
      async () => (await nodeNamed(client, 'a'))?.metadata.annotations?.[drainMarks.lastApplied] === desired,
    );
  }
  await quiet(cluster);
  const node = await nodeNamed(client, 'a');
  expect(valueAt(node, ['spec', 'unschedulable'])).toBe(true);
  expect(node?.metadata.annotations).not.toHaveProperty([drainMarks.cordonedBefore]);
  expect(await eventsOn(client, 'Node', 'a')).toContainEqual(expect.stringContaining('StaysCordoned'));
});

test('a node that someone uncordons in the middle of its drain is cordoned again', async () => {
  const cluster = await startWithPods();
  const { client } = cluster;
  await putPod(client, 'only', 'a');
  await putBudget(client);
  await mirrorTags(client);
  await cordonedBy(cluster);
  await client.patch(nodes.resource, { name: 'a' }, 'merge', { spec: { unschedulable: null } });
  await eventually(async () => valueAt(await nodeNamed(client, 'a'), ['spec', 'unschedulable']) === true);
  await client.delete(budgets, { namespace: 'work', name: 'none-may-go' });
  await updated(cluster, 'worker', mirrored);
  expect(valueAt(await nodeNamed(client, 'a'), ['spec', 'unschedulable'])).toBeUndefined();
});

test('going back frees a node whose drain never ends', async () => {
  const cluster = await startWithPods();
  const { client } = cluster;
  await putPod(client, 'only', 'a');
  await putBudget(client);
  await mirrorTags(client);
  await cordonedBy(cluster);
  await client.delete(tagMirrorSets.resource, { name: 'tags' });
  await updated(cluster, 'worker', (config) => !mirrored(config));
  await eventually(async () => valueAt(await nodeNamed(client, 'a'), ['spec', 'unschedulable']) === undefined);
  expect(await podNames(client)).toEqual(['only']);
});
