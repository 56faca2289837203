import fc from 'fast-check';
import { expect, test } from 'vitest';
import { duplicateFields } from '../../src/body/duplicate-fields.ts';
import { isDeeperThan } from '../../src/body/json-depth.ts';

test('repeated members are named by their path, also inside lists and under escaped names', () => {
  const text = '{"data":{"a":"1","b":["{\\"x","x"],"a":"2"},"spec":{"rules":[{"n":1},{"n":1,"\\u006e":2}]},"data":{}}';
  expect(duplicateFields(text)).toEqual(['data.a', 'spec.rules[1].n', 'data']);
});

test('whatever JSON.stringify wrote repeats nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 3 }), (value, indent) => {
      expect(duplicateFields(JSON.stringify(value, null, indent))).toEqual([]);
    }),
  );
});

test('nesting is measured outside of strings only', () => {
  expect(isDeeperThan('{"a":[{"b":"[[[[["}]}', 3)).toBe(false);
  expect(isDeeperThan('{"a":[{"b":"]"}]}', 2)).toBe(true);
  expect(isDeeperThan(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 1000)).toBe(true);
});
