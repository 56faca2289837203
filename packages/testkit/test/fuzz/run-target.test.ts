import { expect, test } from 'vitest';
import { checkSeed, type FuzzTarget, runTarget, seeded } from '../../src/index.ts';

const noExclamation: FuzzTarget = {
  name: 'no-exclamation',
  generate: (random) => `${'a'.repeat(random.below(50))}${random.oneIn(3) ? '!' : ''}${'b'.repeat(random.below(50))}`,
  check(input) {
    if (input.includes('!')) throw new TypeError('an exclamation mark');
  },
};

test('a seed gives the same input every time', () => {
  expect(noExclamation.generate(seeded(7))).toBe(noExclamation.generate(seeded(7)));
});

test('a failing input is made small', () => {
  const [failure] = runTarget(noExclamation, 100, 1);
  expect(failure?.input).toBe('!');
});

test('the seed of a failure makes it again', () => {
  const [failure] = runTarget(noExclamation, 100, 1);
  expect(checkSeed(noExclamation, failure!.seed)).toEqual(failure);
});

test('a run ends at the tenth failure', () => {
  const always: FuzzTarget = { ...noExclamation, generate: () => '!' };
  expect(runTarget(always, 1000, 1)).toHaveLength(10);
});
