import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PoolMachine, type ReplaceInput, replaceStep } from '../../../src/hypershift/index.ts';

const machine = (name: string, hash: string, more: Partial<PoolMachine> = {}): PoolMachine => ({
  name,
  hash,
  joined: true,
  leaving: false,
  node: { ready: true },
  ...more,
});
const three = ['p-old-0', 'p-old-1', 'p-old-2'].map((name) => machine(name, 'old'));
const pool = { nodePool: 'p', replicas: 3, target: 'new' };

test('a new pool makes all its machines at once', () => {
  expect(replaceStep({ ...pool, machines: [] }).create).toEqual(['p-new-0', 'p-new-1', 'p-new-2']);
});

test('a rollout makes one machine first, and takes an old one away when that is ready', () => {
  expect(replaceStep({ ...pool, machines: three })).toEqual({ create: ['p-new-0'], remove: [] });
  const booting = [...three, machine('p-new-0', 'new', { joined: false, node: undefined })];
  expect(replaceStep({ ...pool, machines: booting })).toEqual({ create: [], remove: [] });
  const joined = [...three, machine('p-new-0', 'new')];
  expect(replaceStep({ ...pool, machines: joined })).toEqual({ create: [], remove: ['p-old-0'] });
});

test('a machine that never joined with an earlier configuration goes at once', () => {
  const stuck = machine('p-bad-0', 'bad', { joined: false, node: undefined });
  expect(replaceStep({ ...pool, machines: [...three, stuck] })).toEqual({ create: ['p-new-0'], remove: ['p-bad-0'] });
});

test('a machine whose Node was deleted is made anew under another name', () => {
  const lost = machine('p-new-1', 'new', { node: undefined });
  const machines = [machine('p-new-0', 'new'), lost, machine('p-new-2', 'new')];
  expect(replaceStep({ ...pool, machines })).toEqual({ create: ['p-new-3'], remove: ['p-new-1'] });
});

test('OnDelete moves nothing by itself, and makes what is missing with the new configuration', () => {
  expect(replaceStep({ ...pool, machines: three, strategy: 'OnDelete' })).toEqual({ create: [], remove: [] });
  const machines = three.slice(1);
  expect(replaceStep({ ...pool, machines, strategy: 'OnDelete' })).toEqual({ create: ['p-new-0'], remove: [] });
});

test('shares of the replicas are rounded as Kubernetes rounds them', () => {
  const step = replaceStep({ ...pool, machines: three, maxSurge: '50%', maxUnavailable: '50%' });
  expect(step.create).toHaveLength(2);
  expect(step.remove).toHaveLength(1);
});

/** Machines after a step: new ones boot, those without a Node are gone, the others are being emptied. */
function after(machines: readonly PoolMachine[], { create, remove }: ReturnType<typeof replaceStep>): PoolMachine[] {
  const kept = machines
    .filter(({ name, node }) => !(remove.includes(name) && !node))
    .map((each) => (remove.includes(each.name) ? { ...each, leaving: true } : each));
  return [
    ...kept,
    ...create.map((name) => machine(name, name.split('-')[1] ?? '', { joined: false, node: undefined })),
  ];
}

type Event = 'join' | 'drain' | 'fail';

function happen(machines: readonly PoolMachine[], event: Event, at: number): PoolMachine[] {
  const chosen = machines[at % Math.max(machines.length, 1)];
  return machines.flatMap((each) => {
    if (each !== chosen) return [each];
    if (event === 'join' && !each.joined) return [{ ...each, joined: true, node: { ready: true } }];
    if (event === 'drain' && each.leaving) return [];
    return event === 'fail' && each.node ? [{ ...each, node: { ready: !each.node.ready } }] : [each];
  });
}

test('whatever happens, no step makes too many machines or gives up one too many', () => {
  const events = fc.array(fc.record({ event: fc.constantFrom<Event>('join', 'drain', 'fail'), at: fc.nat(20) }), {
    maxLength: 60,
  });
  const limits = fc.record({
    replicas: fc.integer({ min: 1, max: 6 }),
    maxSurge: fc.nat(3),
    maxUnavailable: fc.nat(3),
  });
  fc.assert(
    fc.property(limits, events, (given, happenings) => {
      const surge = given.maxSurge === 0 && given.maxUnavailable === 0 ? 1 : given.maxSurge;
      let machines = Array.from({ length: given.replicas }, (_, index) => machine(`p-old-${index}`, 'old'));
      for (const { event, at } of happenings) {
        const input: ReplaceInput = { ...pool, ...given, machines };
        const step = replaceStep(input);
        const available = (list: readonly PoolMachine[]): number =>
          list.filter(({ node, leaving }) => node?.ready && !leaving).length;
        const next = after(machines, step);
        if (step.create.length > 0) expect(next.length).toBeLessThanOrEqual(given.replicas + surge);
        const givenUp = available(machines) - available(next);
        if (givenUp > 0) expect(available(next)).toBeGreaterThanOrEqual(given.replicas - given.maxUnavailable);
        machines = happen(next, event, at);
      }
    }),
  );
});

test('a rollout whose machines all join ends with the replicas on the target', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 6 }), fc.nat(3), fc.nat(3), (replicas, maxSurge, maxUnavailable) => {
      let machines = Array.from({ length: 4 }, (_, index) => machine(`p-old-${index}`, 'old'));
      for (let round = 0; round < 60; round++) {
        const next = after(machines, replaceStep({ ...pool, replicas, maxSurge, maxUnavailable, machines }));
        machines = next
          .filter(({ leaving }) => !leaving)
          .map((each) => ({ ...each, joined: true, node: { ready: true } }));
      }
      expect(machines.map(({ hash }) => hash)).toEqual(Array.from({ length: replicas }, () => 'new'));
    }),
  );
});
