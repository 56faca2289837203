import { expect, test } from 'vitest';
import { PriorityLanes } from '../../src/queue/priority-lanes.ts';

test('a key that moves forward again and again leaves nothing behind, also while low work never has its turn', () => {
  const lanes = new PriorityLanes();
  lanes.add('patient', 'low', 0);
  for (let round = 0; round < 10_000; round++) {
    const key = `key-${round % 3}`;
    lanes.add(key, 'low', round);
    lanes.add(key, 'normal', round);
    expect(lanes.take()).toEqual({ key, since: round });
    expect(lanes.entries).toBeLessThan(80);
  }
  expect(lanes.take()).toEqual({ key: 'patient', since: 0 });
  expect(lanes.take()).toBeUndefined();
});

test('the time of a key is that of its first add', () => {
  const lanes = new PriorityLanes();
  expect([lanes.add('a', 'low', 1), lanes.add('a', 'normal', 5), lanes.add('a', 'low', 9)]).toEqual([
    true,
    false,
    false,
  ]);
  expect([lanes.size, lanes.take(), lanes.size]).toEqual([1, { key: 'a', since: 1 }, 0]);
});
