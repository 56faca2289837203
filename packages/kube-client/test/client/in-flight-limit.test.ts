import { expect, test } from 'vitest';
import { InFlightLimit } from '../../src/index.ts';

const never = new AbortController().signal;

async function acquire(limit: InFlightLimit, count: number) {
  return Promise.all(Array.from({ length: count }, async () => limit.acquire(never)));
}

test('one overload halves once, however many requests it refused', async () => {
  const limit = new InFlightLimit();
  for (const permit of await acquire(limit, 32)) permit.release('overloaded');
  expect(limit.state).toEqual({ allowed: 16, active: 0, waiting: 0 });
});

test('an overload after that halves again, down to one', async () => {
  const limit = new InFlightLimit();
  for (let round = 0; round < 9; round++) for (const permit of await acquire(limit, 1)) permit.release('overloaded');
  expect(limit.state.allowed).toBe(1);
});

test('successes bring back one place per step, up to the most', async () => {
  const limit = new InFlightLimit({ most: 4, successesPerStep: 3 });
  for (const permit of await acquire(limit, 1)) permit.release('overloaded');
  for (let index = 0; index < 5; index++) for (const permit of await acquire(limit, 1)) permit.release('ok');
  expect(limit.state.allowed).toBe(3);
  for (let index = 0; index < 50; index++) for (const permit of await acquire(limit, 1)) permit.release('ok');
  expect(limit.state.allowed).toBe(4);
});

test('who waits comes in order, and who leaves takes no place', async () => {
  const limit = new InFlightLimit({ most: 1, successesPerStep: 1 });
  const first = await limit.acquire(never);
  const seen: string[] = [];
  const leaving = new AbortController();
  const gone = limit.acquire(leaving.signal);
  const second = limit.acquire(never).then((permit) => {
    seen.push('second');
    permit.release('ok');
  });
  const third = limit.acquire(never).then(() => seen.push('third'));
  leaving.abort();
  await expect(gone).rejects.toMatchObject({ code: 'kube-cancelled' });
  first.release('other');
  await Promise.all([second, third]);
  expect(seen).toEqual(['second', 'third']);
  expect(limit.state).toEqual({ allowed: 1, active: 1, waiting: 0 });
});
