import { fakeClock } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { pause, reflectorBackoff, systemClock } from '../../src/index.ts';
import { Backoff } from '../../src/time/backoff.ts';
import { Deadline } from '../../src/time/deadline.ts';
import { TokenBucket } from '../../src/time/token-bucket.ts';

test('a wait of months does not end at once, as a timer of the platform would', async () => {
  let fired = false;
  const cancel = systemClock.schedule(2 ** 33, () => {
    fired = true;
  });
  await pause(systemClock, 20);
  cancel();
  expect(fired).toBe(false);
});

test('a pause ends with its signal and leaves no timer', async () => {
  const clock = fakeClock();
  const controller = new AbortController();
  const waiting = pause(clock, 1_000, controller.signal);
  expect(clock.timers).toBe(1);
  controller.abort();
  await waiting;
  expect(clock.timers).toBe(0);
  await pause(clock, 1_000, controller.signal);
});

test('a backoff doubles up to its longest, with jitter, and starts anew after a healthy time', () => {
  const clock = fakeClock();
  const backoff = new Backoff(reflectorBackoff, clock, () => 0.5);
  const next = (): number => {
    const delay = backoff.next();
    clock.advance(delay);
    return delay;
  };
  expect(Array.from({ length: 8 }, next)).toEqual([1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 45_000, 45_000]);
  clock.advance(120_001);
  expect(next()).toBe(1_200);
});

test('a deadline that is touched starts anew, one that ended never expires', () => {
  const clock = fakeClock();
  const touched = new Deadline(clock, 100);
  const ended = new Deadline(clock, 100);
  ended.end();
  clock.advance(90);
  touched.touch();
  clock.advance(90);
  expect([touched.expired, touched.signal.aborted]).toEqual([false, false]);
  clock.advance(10);
  expect([touched.expired, touched.signal.aborted]).toEqual([true, true]);
  expect([ended.expired, ended.signal.aborted, clock.timers]).toEqual([false, false, 0]);
});

test('a deadline goes with its parent, which is not its own expiry', () => {
  const clock = fakeClock();
  const parent = new AbortController();
  const deadline = new Deadline(clock, 100, parent.signal);
  parent.abort();
  expect([deadline.expired, deadline.signal.aborted, clock.timers]).toEqual([false, true, 0]);
  expect(new Deadline(clock, 100, parent.signal).signal.aborted).toBe(true);
});

test('a token bucket gives a burst, then its rate, and does not fill beyond the burst', () => {
  const clock = fakeClock();
  const bucket = new TokenBucket(10, 2, clock);
  expect([bucket.reserve(), bucket.reserve(), bucket.reserve(), bucket.reserve()]).toEqual([0, 0, 100, 200]);
  clock.advance(60_000);
  expect(bucket.isEmpty()).toBe(false);
  expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
  expect(bucket.isEmpty()).toBe(true);
});
