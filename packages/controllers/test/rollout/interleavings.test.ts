import { valueAt } from '@pullpath/api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodes } from '../../src/resources.ts';
import {
  hasFile,
  mostOutOfWork,
  nodeNamed,
  putDigestMirrors,
  putNode,
  putPool,
  putTagMirrors,
  startPools,
  type TestPools,
  updated,
} from '../support/pools.ts';

const limit = 2;
const workers = ['a', 'b', 'c', 'd', 'e', 'f'];
const mirrored = hasFile('/etc/containers/registries.conf', 'mirror.example.com/last');
const mirrors = (text: string) => ({ source: 'quay.io', mirrors: [`mirror.example.com/${text}`] });

/** What happens to a cluster in the middle of a rollout. */
type Happening =
  | { readonly kind: 'edit'; readonly tags: boolean; readonly text: string }
  | { readonly kind: 'kill'; readonly writes: number }
  | { readonly kind: 'restart' | 'pause' | 'new-node' }
  | { readonly kind: 'delete-node' | 'cordon' | 'uncordon'; readonly node: string };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), tags: fc.boolean(), text: fc.constantFrom('one', 'two', 'three') }),
  fc.record({ kind: fc.constant('kill' as const), writes: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ kind: fc.constantFrom('restart' as const, 'pause' as const, 'new-node' as const) }),
  fc.record({
    kind: fc.constantFrom('delete-node' as const, 'cordon' as const, 'uncordon' as const),
    node: fc.constantFrom(...workers),
  }),
);

const timed = fc.array(fc.record({ happens: happening, thenMs: fc.integer({ min: 0, max: 60 }) }), { maxLength: 8 });

async function happen({ client, plane }: TestPools, it: Happening, count: number): Promise<void> {
  if (it.kind === 'edit') await (it.tags ? putTagMirrors : putDigestMirrors)(client, 'edited', mirrors(it.text));
  if (it.kind === 'kill') plane.killAfter(it.writes);
  if (it.kind === 'restart' || it.kind === 'kill') {
    if (it.kind === 'kill') await new Promise((resolve) => setTimeout(resolve, 30));
    await plane.restart();
  }
  if (it.kind === 'pause') await putPool(client, 'worker', { maxUnavailable: limit, paused: count % 2 === 0 });
  if (it.kind === 'new-node') await putNode(client, `new-${count}`, { 'node-role.kubernetes.io/worker': '' });
  if ('node' in it && (await nodeNamed(client, it.node)))
    await (it.kind === 'delete-node'
      ? client.delete(nodes.resource, { name: it.node })
      : client.patch(nodes.resource, { name: it.node }, 'merge', {
          spec: { unschedulable: it.kind === 'cordon' ? true : null },
        }));
}

test('whatever happens in between, rollouts end, and controllers never put more nodes out of work than the pool allows', async () => {
  await fc.assert(
    fc.asyncProperty(timed, async (steps) => {
      const cluster = await startPools(workers, []);
      const { client, plane, agents } = cluster;
      await putPool(client, 'worker', { maxUnavailable: limit });
      await updated(cluster, 'worker');
      const monitor = mostOutOfWork(plane);
      for (const [count, { happens, thenMs }] of steps.entries()) {
        await happen(cluster, happens, count);
        await new Promise((resolve) => setTimeout(resolve, thenMs));
      }
      await putPool(client, 'worker', { maxUnavailable: limit, paused: false });
      for (const node of workers) await happen(cluster, { kind: 'uncordon', node }, 0);
      await putTagMirrors(client, 'edited', mirrors('last'));
      await updated(cluster, 'worker', mirrored);
      expect(monitor.most()).toBeLessThanOrEqual(limit);
      for (const node of (await client.list(nodes.resource)).items) {
        expect(valueAt(node, ['spec', 'taints'])).toBeUndefined();
        expect(valueAt(node, ['spec', 'unschedulable'])).toBeUndefined();
      }
      await plane.stop();
      await agents.stop();
    }),
    { numRuns: 15 },
  );
}, 240_000);

test('controllers killed after each write of a rollout end it after their next start', async () => {
  const cluster = await startPools(['a', 'b'], ['worker']);
  const { client, plane } = cluster;
  await updated(cluster, 'worker');
  const monitor = mostOutOfWork(plane);
  for (let writes = 0; writes < 24; writes++) {
    plane.killAfter(writes);
    await putTagMirrors(client, 'edited', mirrors(`round-${writes}`));
    await new Promise((resolve) => setTimeout(resolve, 150));
    await plane.restart();
    await updated(cluster, 'worker', hasFile('/etc/containers/registries.conf', `mirror.example.com/round-${writes}"`));
    for (const name of ['a', 'b'])
      expect(valueAt(await nodeNamed(client, name), ['spec', 'unschedulable'])).toBeUndefined();
  }
  expect(monitor.most()).toBe(1);
}, 120_000);
