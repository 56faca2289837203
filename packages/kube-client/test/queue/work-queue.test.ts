import { fakeClock } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { WorkQueue } from '../../src/index.ts';

test('a key is in the queue once, however often it is added', async () => {
  const queue = new WorkQueue({ clock: fakeClock() });
  for (const key of ['a', 'b', 'a', 'a']) queue.add(key);
  expect([await queue.take(), await queue.take()]).toEqual(['a', 'b']);
  expect(queue.metrics()).toMatchObject({ depth: 0, processing: 2, adds: 2 });
});

test('what is added while a worker has it comes back once, when that worker is done', async () => {
  const queue = new WorkQueue({ clock: fakeClock() });
  queue.add('a');
  await queue.take();
  queue.add('a');
  queue.add('a');
  expect(queue.metrics()).toMatchObject({ depth: 0, processing: 1 });
  queue.done('a');
  expect(queue.metrics()).toMatchObject({ depth: 1, processing: 0, adds: 2 });
  expect(await queue.take()).toBe('a');
  queue.done('a');
  expect(queue.metrics()).toMatchObject({ depth: 0, processing: 0 });
});

test('a worker that waits gets the key that comes', async () => {
  const queue = new WorkQueue({ clock: fakeClock() });
  const taken = queue.take();
  queue.add('a');
  expect(await taken).toBe('a');
});

test('normal work goes before low, and moves a key forward', async () => {
  const queue = new WorkQueue({ clock: fakeClock() });
  queue.add('a', 'low');
  queue.add('b', 'low');
  queue.add('c');
  queue.add('b');
  expect([await queue.take(), await queue.take(), await queue.take()]).toEqual(['c', 'b', 'a']);
  expect(queue.metrics()).toMatchObject({ depth: 0, adds: 3 });
});

test('a delayed key comes at the earliest of its times', async () => {
  const clock = fakeClock();
  const queue = new WorkQueue({ clock });
  queue.addAfter('a', 5_000);
  queue.addAfter('a', 1_000);
  queue.addAfter('a', 9_000);
  queue.addAfter('b', 3_000);
  clock.advance(999);
  expect(queue.metrics()).toMatchObject({ depth: 0, delayed: 2 });
  clock.advance(1);
  expect(queue.metrics()).toMatchObject({ depth: 1, delayed: 1 });
  clock.advance(2_000);
  expect([await queue.take(), await queue.take()]).toEqual(['a', 'b']);
  expect(clock.timers).toBe(0);
});

test('delays double with each failure of a key, and start anew when it is forgotten', () => {
  const clock = fakeClock();
  const queue = new WorkQueue({ clock, limits: { first: 5, longest: 20, perSecond: 1_000, burst: 1_000 } });
  const delays = ['a', 'a', 'a', 'a'].map((key) => {
    queue.addRateLimited(key);
    const start = clock.monotonic();
    while (queue.metrics().delayed > 0) clock.advance(1);
    return clock.monotonic() - start;
  });
  expect(delays).toEqual([5, 10, 20, 20]);
  queue.forget('a');
  expect(queue.failures('a')).toBe(0);
});

test('failures of all keys together are slowed to the overall limit', () => {
  const clock = fakeClock();
  const queue = new WorkQueue({ clock });
  for (let index = 0; index < 150; index++) queue.addRateLimited(`key-${index}`);
  clock.advance(5);
  expect(queue.metrics().depth).toBe(100);
  clock.advance(5_000);
  expect(queue.metrics()).toMatchObject({ depth: 150, delayed: 0, retries: 150 });
});

test('a jump of the calendar moves no key', () => {
  const clock = fakeClock();
  const queue = new WorkQueue({ clock });
  queue.addAfter('a', 1_000);
  clock.jump(86_400_000);
  clock.advance(999);
  expect(queue.metrics().depth).toBe(0);
  clock.jump(-172_800_000);
  clock.advance(1);
  expect(queue.metrics().depth).toBe(1);
});

test('closing ends those who wait, and takes nothing more', async () => {
  const clock = fakeClock();
  const queue = new WorkQueue({ clock });
  const waiting = queue.take();
  queue.addAfter('a', 1_000);
  queue.close();
  queue.add('b');
  expect(await waiting).toBeUndefined();
  expect(await queue.take()).toBeUndefined();
  expect(clock.timers).toBe(0);
});

test('a worker can stop to wait', async () => {
  const queue = new WorkQueue({ clock: fakeClock() });
  const controller = new AbortController();
  const waiting = queue.take(controller.signal);
  controller.abort();
  expect(await waiting).toBeUndefined();
  queue.add('a');
  expect(await queue.take()).toBe('a');
});

test('time in the queue and time at work are measured', async () => {
  const clock = fakeClock();
  const queue = new WorkQueue({ clock });
  queue.add('a');
  clock.advance(2_000);
  await queue.take();
  clock.advance(3_000);
  queue.done('a');
  expect(queue.metrics()).toMatchObject({ waitSeconds: 2, workSeconds: 3, taken: 1 });
});
