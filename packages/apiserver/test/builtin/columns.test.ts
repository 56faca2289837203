import { expect, test } from 'vitest';
import { builtinResources } from '../../src/builtin/index.ts';
import type { StoredObject } from '../../src/index.ts';

const now = new Date('2026-01-02T00:00:00Z');

/** What `kubectl get -o wide` prints of an object. */
function rowOf(kind: string, object: StoredObject): Record<string, unknown> {
  const columns = builtinResources().find((of) => of.kind === kind)!.columns;
  return Object.fromEntries(columns.map((column) => [column.name, column.cell(object, now)]));
}

test('a node shows readiness, roles, version and addresses', () => {
  const node = {
    metadata: {
      name: 'n',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { 'node-role.kubernetes.io/worker': '', 'node-role.kubernetes.io/infra': '', 'kubernetes.io/role': 'x' },
    },
    spec: { unschedulable: true },
    status: {
      conditions: [{ type: 'Ready', status: 'False' }],
      addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
      nodeInfo: { kubeletVersion: 'v1.36.0', kernelVersion: '6.1', architecture: 'arm64' },
    },
  };
  expect(rowOf('Node', node)).toEqual({
    Name: 'n',
    Status: 'NotReady,SchedulingDisabled',
    Roles: 'infra,worker,x',
    Age: '24h',
    Version: 'v1.36.0',
    'Internal-IP': '10.0.0.1',
    'External-IP': '<none>',
    'OS-Image': '<unknown>',
    'Kernel-Version': '6.1 (arm64)',
    'Container-Runtime': '<unknown>',
  });
});

const containers = [{ name: 'a' }, { name: 'b' }];
const running = { state: { running: {} }, ready: true };

test.each([
  [{ phase: 'Pending' }, '0/2', 'Pending', '0'],
  [{ phase: 'Running', containerStatuses: [running, running] }, '2/2', 'Running', '0'],
  [
    {
      phase: 'Running',
      containerStatuses: [
        running,
        {
          restartCount: 3,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { finishedAt: '2026-01-01T23:55:00Z' } },
        },
      ],
    },
    '1/2',
    'CrashLoopBackOff',
    '3 (5m ago)',
  ],
  [{ phase: 'Failed', containerStatuses: [{ state: { terminated: { exitCode: 2 } } }] }, '0/2', 'ExitCode:2', '0'],
  [{ phase: 'Failed', containerStatuses: [{ state: { terminated: { signal: 9 } } }] }, '0/2', 'Signal:9', '0'],
  [{ phase: 'Failed', reason: 'Evicted' }, '0/2', 'Evicted', '0'],
  [
    { phase: 'Pending', conditions: [{ type: 'PodScheduled', reason: 'SchedulingGated' }] },
    '0/2',
    'SchedulingGated',
    '0',
  ],
])('a pod with status %o is %s %s %s', (status, ready, word, restarts) => {
  const row = rowOf('Pod', { metadata: { name: 'p' }, spec: { containers }, status });
  expect(row).toMatchObject({ Ready: ready, Status: word, Restarts: restarts });
});

test('a pod that initializes says how far it is', () => {
  const spec = { containers, initContainers: [{ name: 'one' }, { name: 'two' }] };
  const initContainerStatuses = [
    { name: 'one', state: { terminated: { exitCode: 0 } } },
    { name: 'two', state: {} },
  ];
  const pod = { metadata: {}, spec, status: { phase: 'Pending', initContainerStatuses } };
  expect(rowOf('Pod', pod)).toMatchObject({ Status: 'Init:1/2' });
});

test('a pod that is being deleted is terminating unless it is over', () => {
  const metadata = { deletionTimestamp: '2026-01-01T00:00:00Z' };
  expect(rowOf('Pod', { metadata, status: { phase: 'Running' } })).toMatchObject({ Status: 'Terminating' });
  expect(rowOf('Pod', { metadata, status: { phase: 'Succeeded' } })).toMatchObject({ Status: 'Succeeded' });
});

test('an event shows when it was last seen, by its series where it has one', () => {
  const event = { involvedObject: { kind: 'Pod', name: 'p' }, firstTimestamp: '2026-01-01T23:50:00Z', message: ' m ' };
  expect(rowOf('Event', event)).toMatchObject({ 'Last Seen': '10m', Object: 'pod/p', Message: 'm', Count: 1 });
  const series = { count: 7, lastObservedTime: '2026-01-01T23:59:00Z' };
  expect(rowOf('Event', { ...event, series })).toMatchObject({ 'Last Seen': '60s', 'First Seen': '10m', Count: 7 });
});

test('a deployment shows its containers and its selector', () => {
  const spec = {
    replicas: 3,
    selector: { matchLabels: { b: 'c' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['y', 'x'] }] },
    template: { spec: { containers: [{ name: 'one', image: 'i' }] } },
  };
  const row = rowOf('Deployment', { spec, status: { readyReplicas: 2 } });
  expect(row).toMatchObject({ Ready: '2/3', Containers: 'one', Images: 'i', Selector: 'a in (x,y),b=c' });
});
