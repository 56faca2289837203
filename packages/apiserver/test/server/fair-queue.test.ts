import { expect, test } from 'vitest';
import { FairQueue, type Release } from '../../src/server/fair-queue.ts';
import { defaultLimits } from '../../src/server/options.ts';

const limits = { ...defaultLimits, inFlight: 2, inFlightPerUser: 1, queuedPerUser: 2 };
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('a user beyond his share waits while others run', async () => {
  const queue = new FairQueue(limits);
  const first = await queue.enter('a');
  let ran = false;
  const second = queue.enter('a').then((release) => {
    ran = true;
    return release;
  });
  (await queue.enter('b'))();
  await turn();
  expect(ran).toBe(false);
  first();
  (await second)();
  expect(ran).toBe(true);
});

test('users who wait are served in turn', async () => {
  const queue = new FairQueue({ ...limits, inFlight: 1 });
  const order: string[] = [];
  const hold = await queue.enter('z');
  const enter = (user: string) =>
    queue.enter(user).then((release: Release) => {
      order.push(user);
      release();
    });
  const all = [enter('a'), enter('a'), enter('b'), enter('b')];
  hold();
  await Promise.all(all);
  expect(order).toEqual(['a', 'b', 'a', 'b']);
});

test('a full queue answers at once when to come back', async () => {
  const queue = new FairQueue(limits);
  const first = await queue.enter('a');
  const waiting = [queue.enter('a'), queue.enter('a')];
  await expect(queue.enter('a')).rejects.toMatchObject({ status: { code: 429, details: { retryAfterSeconds: 1 } } });
  first();
  for (const each of waiting) (await each)();
});

test('a place is given back once, however often it is released', async () => {
  const queue = new FairQueue({ ...limits, inFlight: 1 });
  const first = await queue.enter('a');
  first();
  first();
  await queue.enter('b');
  let ran = false;
  queue.enter('c').then(
    () => {
      ran = true;
    },
    () => undefined,
  );
  await turn();
  expect(ran).toBe(false);
});
