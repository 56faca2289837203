import { type Clock, pods } from '@pullpath/kube-client';
import { expect, test } from 'vitest';
import { nodes } from '../../src/resources.ts';
import { drainNode } from '../../src/rollout/drain/drain-node.ts';
import { DrainTimes } from '../../src/rollout/drain/drain-times.ts';
import { drainMarks } from '../../src/rollout/drain/marks.ts';
import { eventually, startControlPlane } from '../support/control-plane.ts';
import { putNamespace } from '../support/fixtures.ts';
import { eventsOn, putNode } from '../support/pools.ts';

/** A clock that stands until it is moved. */
function standingClock(): { readonly clock: Clock; readonly move: (ms: number) => void } {
  let now = 0;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    schedule: () => () => {},
  };
  const move = (ms: number): void => {
    now += ms;
  };
  return { clock, move };
}

test('a drain is tried soon, then every five seconds, and after ten minutes someone is told why it does not end', async () => {
  const plane = await startControlPlane({ definitions: [], guestApis: false });
  const client = plane.client();
  plane.management.watch(nodes);
  await putNamespace(client, 'work');
  await putNode(client, 'a');
  const spec = { nodeName: 'a', containers: [{ name: 'main', image: 'quay.io/app' }] };
  const metadata = { namespace: 'work', name: 'only', labels: { app: 'main' } };
  await client.create(pods, { metadata, spec } as never);
  const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
  await client.patch(pods, { namespace: 'work', name: 'only' }, 'strategic', { status }, { subresource: 'status' });
  const budgets = { group: 'policy', version: 'v1', plural: 'poddisruptionbudgets', kind: 'PodDisruptionBudget' };
  await client.create({ ...budgets, namespaced: true }, {
    metadata: { namespace: 'work', name: 'none-may-go' },
    spec: { minAvailable: 1, selector: { matchLabels: { app: 'main' } } },
  } as never);
  const annotations = { [drainMarks.desired]: 'drain-new' };
  await client.patch(nodes.resource, { name: 'a' }, 'merge', { metadata: { annotations } });
  const cached = () => plane.management.watch(nodes).store.get('a')?.metadata.annotations ?? {};
  await eventually(async () => cached()[drainMarks.desired] !== undefined);
  const { clock, move } = standingClock();
  const times = new DrainTimes(clock);
  const look = async () => (await drainNode(plane.management, 'a', times)).requeueAfterMs;
  expect(await look()).toBeUndefined();
  await eventually(async () => cached()[drainMarks.cordonedBefore] !== undefined);
  expect(await look()).toBe(1_000);
  move(10_000);
  expect(await look()).toBe(5_000);
  expect(await eventsOn(client, 'Node', 'a')).not.toContainEqual(expect.stringContaining('FailedToDrain'));
  move(600_000);
  expect(await look()).toBe(300_000);
  const told = await eventually(async () =>
    (await eventsOn(client, 'Node', 'a')).find((text) => text.startsWith('FailedToDrain')),
  );
  expect(told).toContain('work/only');
});
