import { expect, test } from 'vitest';
import { formatBoard, needsAttention, nodePoolBoard, rolloutBoard } from '../../src/index.ts';

const prefix = 'machineconfiguration.openshift.io';
const old = 'rendered-worker-0123456789abcdef0123456789abcdef';
const now = 'rendered-worker-fedcba9876543210fedcba9876543210';

function pool(name: string, spec: object, conditions: readonly object[], current = old) {
  return {
    apiVersion: `${prefix}/v1`,
    kind: 'MachineConfigPool',
    metadata: { name },
    spec: { nodeSelector: { matchLabels: { [`node-role.kubernetes.io/${name}`]: '' } }, ...spec },
    status: { configuration: { name: current }, conditions },
  };
}

function node(name: string, annotations: Record<string, string>, labels: Record<string, string> = {}) {
  const named = Object.entries(annotations).map(([key, value]) => [
    key.includes('/') ? key : `${prefix}/${key}`,
    value,
  ]);
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels, annotations: Object.fromEntries(named) } };
}

const worker = { 'node-role.kubernetes.io/worker': '' };
const updating = pool('worker', { configuration: { name: now } }, [{ type: 'Updating', status: 'True' }]);
const nodes = [
  node('b', { currentConfig: old, desiredConfig: now, state: 'Working', 'pullpath.dev/step': 'Reloading' }, worker),
  node('a', { currentConfig: now, desiredConfig: now, state: 'Done' }, worker),
  node('c', {
    currentConfig: old,
    desiredConfig: old,
    state: 'Done',
    'pullpath.dev/drift': '/etc/containers/registries.conf',
  }),
];

test('a board shows pools, what nodes are at, and what has drifted, unfinished nodes first', () => {
  const board = rolloutBoard(
    [updating, pool('master', { configuration: { name: old } }, [{ type: 'Updated', status: 'True' }])],
    nodes,
  );
  expect(formatBoard(board)).toBe(
    [
      'POOL    STATE     CONFIG                NODES  UPDATED  UNAVAILABLE  DEGRADED',
      'master  Updated   01234567              0      0        0            0',
      'worker  Updating  01234567 -> fedcba98  3      1        1            0',
      '',
      'NODE  POOL    PHASE      CONFIG    DRIFT                            REASON',
      'b     worker  Reloading  01234567  -',
      'c     worker  Pending    01234567  /etc/containers/registries.conf',
      'a     worker  Done       fedcba98  -',
      '',
    ].join('\n'),
  );
  expect(needsAttention(board)).toBe(true);
});

test('a pool that waits for someone says for what', () => {
  const held = pool('worker', { configuration: { name: now } }, [
    { type: 'Updating', status: 'True' },
    { type: 'Held', status: 'True', message: 'the canaries have it' },
  ]);
  expect(formatBoard(rolloutBoard([held], []))).toContain('\nworker: the canaries have it\n');
  expect(needsAttention(rolloutBoard([held], []))).toBe(true);
  expect(needsAttention(rolloutBoard([updating], []))).toBe(false);
});

test('a pool whose rules are refused says why', () => {
  const refused = pool('worker', { configuration: { name: old } }, [
    { type: 'Updated', status: 'True' },
    { type: 'RenderDegraded', status: 'True', message: 'quay.io has two policies' },
    { type: 'Degraded', status: 'True' },
  ]);
  expect(rolloutBoard([refused], []).pools[0]).toMatchObject({
    state: 'Degraded',
    message: 'quay.io has two policies',
  });
});

test('nodes of a hosted cluster are in the NodePool of their label', () => {
  const nodePool = {
    apiVersion: 'hypershift.openshift.io/v1beta1',
    kind: 'NodePool',
    metadata: { namespace: 'clusters', name: 'workers' },
    status: { conditions: [{ type: 'UpdatingConfig', status: 'True', message: '1 of 2 nodes' }] },
  };
  const labels = { 'hypershift.openshift.io/nodePool': 'workers' };
  const config = { currentConfig: now, desiredConfig: now, state: 'Done' };
  const board = nodePoolBoard([nodePool], [node('w-1', config, labels), node('other', config)]);
  expect(board.pools).toMatchObject([
    {
      name: 'workers',
      state: 'Updating',
      message: '1 of 2 nodes',
      machineCount: 1,
      nodes: [{ name: 'w-1', phase: 'Done' }],
    },
  ]);
});

test('of many nodes those that are done are counted only', () => {
  const many = Array.from({ length: 60 }, (_, index) =>
    node(`n-${String(index).padStart(2, '0')}`, { currentConfig: now, desiredConfig: now, state: 'Done' }, worker),
  );
  const board = rolloutBoard([updating], [...many, ...nodes]);
  const text = formatBoard(board);
  expect(text.split('\n').filter((line) => line.includes(' Done ')).length).toBe(38);
  expect(text).toContain('and 23 more nodes (all with -v)');
  expect(formatBoard(board, { verbose: true })).not.toContain('more nodes');
});
