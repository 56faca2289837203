import { expect, test } from 'vitest';
import { fakeClock } from '../../src/index.ts';

test('timers go off in the order of their time, also those that timers set', () => {
  const clock = fakeClock();
  const seen: string[] = [];
  clock.schedule(20, () => seen.push(`b ${clock.monotonic()}`));
  clock.schedule(10, () => {
    seen.push(`a ${clock.monotonic()}`);
    clock.schedule(5, () => seen.push(`c ${clock.monotonic()}`));
  });
  clock.schedule(10, () => seen.push('never'))();
  clock.advance(30);
  expect(seen).toEqual(['a 10', 'c 15', 'b 20']);
  expect([clock.timers, clock.monotonic()]).toEqual([0, 30]);
});

test('a jump moves the calendar alone', () => {
  const clock = fakeClock(0);
  clock.jump(-5_000);
  clock.advance(1_000);
  expect([clock.now(), clock.monotonic()]).toEqual([-4_000, 1_000]);
});

test('a condition that never holds ends in an error', async () => {
  await expect(fakeClock().until(() => false, { limitMs: 3_000 })).rejects.toThrow('within 3000 ms');
});
