import { fakeClock } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { Failures } from '../../src/agent/failures.ts';
import { Remembered } from '../../src/agent/remembered.ts';
import { Turns } from '../../src/agent/turns.ts';
import { RepairPace } from '../../src/drift/pace.ts';

test('a failed change waits twice as long each time, ten minutes at most', () => {
  const clock = fakeClock();
  const failures = new Failures(clock, 10_000);
  const waits = Array.from({ length: 9 }, () => {
    failures.add({ config: 'a', reason: 'why' });
    const wait = failures.msLeft ?? 0;
    clock.advance(wait);
    return wait / 1000;
  });
  expect(waits).toEqual([10, 20, 40, 80, 160, 320, 600, 600, 600]);
  expect(failures.current).toBeUndefined();
});

test('a failure counts for what is wanted alone', () => {
  const failures = new Failures(fakeClock(), 10_000);
  failures.add({ config: 'a', reason: 'why' });
  failures.forgetUnless('a');
  expect(failures.current).toMatchObject({ config: 'a', reason: 'why' });
  failures.forgetUnless('b');
  expect(failures.current).toBeUndefined();
});

test('a file that someone keeps changing is repaired ever more slowly, until there was peace for a while', () => {
  const clock = fakeClock();
  const pace = new RepairPace(clock);
  const waits = Array.from({ length: 12 }, () => {
    pace.repaired('/etc/a');
    const wait = pace.waitFor('/etc/a');
    clock.advance(wait);
    return wait / 1000;
  });
  expect(waits).toEqual([0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  expect(pace.waitFor('/etc/b')).toBe(0);
  clock.advance(600_000);
  pace.repaired('/etc/a');
  expect(pace.waitFor('/etc/a')).toBe(0);
});

test('an answer is asked for once, also while it is on its way, and a failure is not kept', async () => {
  const clock = fakeClock();
  const remembered = new Remembered<number>(clock, { most: 2, ms: 1_000 });
  let asked = 0;
  const ask = async (): Promise<number> => ++asked;
  expect(await Promise.all([remembered.get('a', ask), remembered.get('a', ask)])).toEqual([1, 1]);
  clock.advance(1_000);
  expect(await remembered.get('a', ask)).toBe(2);
  await expect(remembered.get('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await remembered.get('b', ask)).toBe(3);
  await remembered.get('c', ask);
  expect(await remembered.get('a', ask)).toBe(5);
});

test('only so many work at a time, first come first served, whatever fails', async () => {
  const turns = new Turns(2);
  let working = 0;
  let most = 0;
  const order: number[] = [];
  const works = Array.from({ length: 6 }, (_, index) =>
    turns.take(async () => {
      most = Math.max(most, ++working);
      order.push(index);
      await Promise.resolve();
      working--;
      if (index === 1) throw new Error('one of them');
    }),
  );
  const outcomes = await Promise.allSettled(works);
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
  expect([most, order]).toEqual([2, [0, 1, 2, 3, 4, 5]]);
});
