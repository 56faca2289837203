import { expect, test } from 'vitest';
import type { StoredObject } from '../../src/index.ts';
import { metadataOf } from '../../src/rest/metadata.ts';
import { object, refusal, startCluster, type TestCluster } from '../start-cluster.ts';

const labels = { app: 'web' };
const selector = { matchLabels: labels };

async function addPod(cluster: TestCluster, name: string, ready: boolean, metadata: object = {}): Promise<void> {
  const spec = { containers: [{ name: 'a', image: 'b' }] };
  const made = await cluster.create(object('v1', 'Pod', name, { metadata: { labels, ...metadata }, spec }));
  const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False' }];
  await cluster.update(made, (old) => ({ ...old, status: { phase: 'Running', conditions } }), 'status');
}

async function addBudget(cluster: TestCluster, spec: StoredObject, name = 'budget'): Promise<void> {
  await cluster.create(object('policy/v1', 'PodDisruptionBudget', name, { spec: { selector, ...spec } }));
  await cluster.controllers.settled();
}

function evict(cluster: TestCluster, name: string, deleteOptions?: object) {
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: 'default' }, deleteOptions };
  return cluster.call('pods/eviction', { namespace: 'default', name }, body);
}

test('a budget counts its pods, and says so once they change', async () => {
  const cluster = await startCluster();
  await addPod(cluster, 'a', true);
  await addPod(cluster, 'b', false);
  await addBudget(cluster, { minAvailable: 1 });
  expect(cluster.find('PodDisruptionBudget', 'default', 'budget')).toMatchObject({
    status: { observedGeneration: 1, expectedPods: 2, currentHealthy: 1, desiredHealthy: 1, disruptionsAllowed: 0 },
  });
  await addPod(cluster, 'c', true);
  await cluster.controllers.settled();
  expect(cluster.find('PodDisruptionBudget', 'default', 'budget')).toMatchObject({
    status: {
      disruptionsAllowed: 1,
      conditions: [{ type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods' }],
    },
  });
});

test('a share is one of what the controllers of the pods want', async () => {
  const cluster = await startCluster();
  const template = { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'b' }] } };
  const set = await cluster.create(
    object('apps/v1', 'ReplicaSet', 'rs', { spec: { replicas: 5, selector, template } }),
  );
  const { uid } = metadataOf(set);
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'rs', uid, controller: true };
  await addPod(cluster, 'a', true, { ownerReferences: [owner] });
  await addBudget(cluster, { maxUnavailable: '30%' });
  expect(cluster.find('PodDisruptionBudget', 'default', 'budget')).toMatchObject({
    status: { expectedPods: 5, desiredHealthy: 3, disruptionsAllowed: 0 },
  });
});

test('an eviction takes from the budget and deletes the pod', async () => {
  const cluster = await startCluster();
  await addPod(cluster, 'a', true);
  await addPod(cluster, 'b', true);
  await addBudget(cluster, { minAvailable: 1 });
  expect(await evict(cluster, 'a')).toEqual({
    status: 201,
    object: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
  });
  expect(cluster.find('Pod', 'default', 'a')).toBeUndefined();
  const refused = await refusal(evict(cluster, 'b'));
  expect(refused).toMatchObject({
    code: 429,
    reason: 'TooManyRequests',
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: {
      causes: [
        {
          reason: 'DisruptionBudget',
          message: expect.stringContaining('The disruption budget budget '),
        },
      ],
    },
  });
  expect(cluster.find('Pod', 'default', 'b')).toBeDefined();
});

test('two evictions at once do not share one disruption', async () => {
  const cluster = await startCluster();
  for (const name of ['a', 'b', 'c']) await addPod(cluster, name, true);
  await addBudget(cluster, { minAvailable: 2 });
  const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => evict(cluster, name)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a budget that has not been looked at yet asks to try again', async () => {
  const cluster = await startCluster();
  await addPod(cluster, 'a', true);
  cluster.controllers.stop();
  await cluster.create(object('policy/v1', 'PodDisruptionBudget', 'budget', { spec: { selector, minAvailable: 0 } }));
  expect(await refusal(evict(cluster, 'a'))).toMatchObject({ code: 429, details: { retryAfterSeconds: 10 } });
});

test('a pod that is not ready may go where enough others are', async () => {
  const cluster = await startCluster();
  await addPod(cluster, 'good', true);
  await addPod(cluster, 'bad', false);
  await addBudget(cluster, { minAvailable: 1 });
  await evict(cluster, 'bad');
  expect(cluster.find('Pod', 'default', 'bad')).toBeUndefined();
});

test('a pod that is not ready stays where too few are, unless the policy lets it go', async () => {
  const cluster = await startCluster();
  await addPod(cluster, 'bad', false);
  await addBudget(cluster, { minAvailable: 1 });
  expect(await refusal(evict(cluster, 'bad'))).toMatchObject({ code: 429 });
  await cluster.update(object('policy/v1', 'PodDisruptionBudget', 'budget'), (old) => ({
    ...old,
    spec: { ...(old['spec'] as object), unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  }));
  await evict(cluster, 'bad');
});

test('several budgets for one pod are an error', async () => {
  const cluster = await startCluster();
  await addPod(cluster, 'a', true);
  await addBudget(cluster, { minAvailable: 0 }, 'one');
  await addBudget(cluster, { minAvailable: 0 }, 'two');
  expect(await refusal(evict(cluster, 'a'))).toMatchObject({
    code: 500,
    message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
  });
});

test('an eviction of another pod of that name is a conflict', async () => {
  const cluster = await startCluster();
  await addPod(cluster, 'a', true);
  expect(await refusal(evict(cluster, 'a', { preconditions: { uid: 'other' } }))).toMatchObject({ code: 409 });
  expect(cluster.find('Pod', 'default', 'a')).toBeDefined();
});
