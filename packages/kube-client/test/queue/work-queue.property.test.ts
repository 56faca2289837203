import { fakeClock } from '@pullpath/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WorkQueue } from '../../src/index.ts';
import { DelayHeap } from '../../src/queue/delay-heap.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd');
const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), key, priority: fc.constantFrom('normal' as const, 'low' as const) }),
  fc.record({ kind: fc.constant('later' as const), key, ms: fc.integer({ min: 0, max: 50 }) }),
  fc.record({ kind: fc.constant('take' as const) }),
  fc.record({ kind: fc.constant('done' as const), key }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 60 }) }),
);

test('whatever the order of calls, a key is with one worker at a time, and every add is followed by a take', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const clock = fakeClock();
      const queue = new WorkQueue({ clock });
      const busy = new Set<string>();
      const owed = new Set<string>();
      for (const it of steps) {
        if (it.kind === 'add') queue.add(it.key, it.priority);
        if (it.kind === 'later') queue.addAfter(it.key, it.ms);
        if (it.kind === 'add' || it.kind === 'later') owed.add(it.key);
        if (it.kind === 'done' && busy.delete(it.key)) queue.done(it.key);
        if (it.kind === 'wait') clock.advance(it.ms);
        if (it.kind === 'take' && queue.metrics().depth > 0) await take();
      }
      clock.advance(1_000);
      for (const it of busy) {
        busy.delete(it);
        queue.done(it);
      }
      while (queue.metrics().depth > 0) await take();
      expect([...owed]).toEqual([]);
      expect(queue.metrics()).toMatchObject({ depth: 0, delayed: 0 });

      async function take(): Promise<void> {
        const taken = (await queue.take()) as string;
        expect(busy.has(taken)).toBe(false);
        busy.add(taken);
        owed.delete(taken);
      }
    }),
  );
});

test('a heap gives keys by their earliest time', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ maxLength: 2 }), fc.nat(20))), (entries) => {
      const heap = new DelayHeap();
      const earliest = new Map<string, number>();
      for (const [name, at] of entries) {
        heap.add(name, at);
        earliest.set(name, Math.min(at, earliest.get(name) ?? at));
      }
      expect(heap.size).toBe(earliest.size);
      let last = -1;
      for (let name = heap.takeReady(99); name !== undefined; name = heap.takeReady(99)) {
        expect(earliest.get(name)).toBeGreaterThanOrEqual(last);
        last = earliest.get(name)!;
        earliest.delete(name);
      }
      expect(earliest.size).toBe(0);
    }),
  );
});
