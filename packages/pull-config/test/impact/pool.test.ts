import {
  calculatePoolStatus,
  candidateNodes,
  estimateRollout,
  type KubeObject,
  maxUnavailable,
  nodeAnnotations,
  readNodeState,
  selectNodes,
} from '@pullpath/pull-config';
import { expect, test } from 'vitest';

test('a percentage is rounded down and never to zero', () => {
  expect(maxUnavailable({ name: 'worker', maxUnavailable: '25%' }, 11)).toBe(2);
  expect(maxUnavailable({ name: 'worker', maxUnavailable: '10%' }, 3)).toBe(1);
});

test('an arbiter pool takes one node whatever it says', () => {
  expect(maxUnavailable({ name: 'arbiter', maxUnavailable: 3 }, 9)).toBe(1);
});

test('a string that is no percentage is a coded error', () => {
  expect(() => maxUnavailable({ name: 'worker', maxUnavailable: '3' }, 9)).toThrow(
    expect.objectContaining({ code: 'invalid-int-or-percent' }),
  );
});

test('with more candidates than capacity the nodes of the first zone go first, the oldest ahead', () => {
  const nodes = [
    node('young-a', { zone: 'a', createdAt: '2026-02-01T00:00:00Z' }),
    node('no-zone', { createdAt: '2020-01-01T00:00:00Z' }),
    node('old-a', { zone: 'a', createdAt: '2026-01-01T00:00:00Z' }),
    node('b', { zone: 'b', createdAt: '2020-01-01T00:00:00Z' }),
  ].map(readNodeState);
  expect(selectNodes(candidateNodes(nodes, 'new', 3)).map(({ name }) => name)).toEqual(['old-a', 'young-a', 'b']);
});

test('the node with the pod of the operator waits while others remain', () => {
  const nodes = ['m0', 'm1'].map((name) => readNodeState(node(name, {})));
  expect(selectNodes(candidateNodes(nodes, 'new', 1), 'm0').map(({ name }) => name)).toEqual(['m1']);
  expect(selectNodes(candidateNodes(nodes.slice(0, 1), 'new', 1), 'm0').map(({ name }) => name)).toEqual(['m0']);
});

test('a node that fails at the target is counted twice when it is not ready', () => {
  const failing = node('failing', { current: 'old', desired: 'new', state: 'Degraded', unschedulable: true });
  const nodes = [failing, node('n1', {}), node('n2', {})].map(readNodeState);
  expect(candidateNodes(nodes, 'new', 3)).toMatchObject({ capacity: 1 });
});

test('an empty pool is updated', () => {
  const status = calculatePoolStatus(pool(), []);
  expect(status.conditions.find(({ type }) => type === 'Updated')).toMatchObject({
    status: 'True',
    message: 'All nodes are updated with MachineConfig new',
  });
  expect(status.configuration).toEqual({ name: 'new' });
});

test('a condition keeps its time while its status stays', () => {
  const first = calculatePoolStatus(pool(), [readNodeState(node('n', {}))], '2026-01-01T00:00:00Z');
  const second = calculatePoolStatus(
    { ...pool(), status: first },
    [readNodeState(node('n', {}))],
    '2026-01-02T00:00:00Z',
  );
  expect(new Set(second.conditions.map(({ lastTransitionTime }) => lastTransitionTime))).toEqual(
    new Set(['2026-01-01T00:00:00Z']),
  );
});

test('a rollout without a drain takes 15 to 40 seconds per node, maxUnavailable nodes together', () => {
  const nodes = ['a', 'b', 'c'].map((name) => node(name, { zone: name }));
  expect(
    estimateRollout({ name: 'worker', object: pool({ maxUnavailable: 2 }), nodes }, { drain: false, reboot: false }),
  ).toEqual({
    nodes: 3,
    maxUnavailable: 2,
    batches: [['a', 'b'], ['c']],
    secondsPerNode: [15, 40],
    seconds: [30, 80],
    paused: false,
  });
});

test('a pool whose maxUnavailable is wrong changes no node', () => {
  const object = pool({ maxUnavailable: 'many' });
  expect(estimateRollout({ name: 'worker', object, nodes: [] }, { drain: true, reboot: false })).toEqual({
    hindrance: 'maxUnavailable "many" is no percentage',
  });
});

function pool(spec: object = {}): KubeObject {
  return {
    apiVersion: 'machineconfiguration.openshift.io/v1',
    kind: 'MachineConfigPool',
    metadata: { name: 'worker' },
    spec: { configuration: { name: 'new' }, ...spec },
  };
}

interface NodeOptions {
  readonly zone?: string;
  readonly createdAt?: string;
  readonly current?: string;
  readonly desired?: string;
  readonly state?: string;
  readonly unschedulable?: boolean;
}

function node(
  name: string,
  { zone, createdAt, current = 'old', desired = 'old', state = 'Done', unschedulable = false }: NodeOptions,
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone },
      annotations: {
        [nodeAnnotations.currentConfig]: current,
        [nodeAnnotations.desiredConfig]: desired,
        [nodeAnnotations.state]: state,
      },
      creationTimestamp: createdAt,
    },
    spec: { unschedulable },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  };
}
