import { isNested } from '@pullpath/oci';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scopeIndex } from '../../src/index.ts';

test('the index finds exactly the keys in which a scope is nested', () => {
  fc.assert(
    fc.property(fc.uniqueArray(scope, { maxLength: 12 }), scope, (keys, wanted) => {
      const index = scopeIndex(keys.map((key) => [key, key]));
      expect(index.enclosing(wanted).sort()).toEqual(keys.filter((key) => isNested(wanted, key)).sort());
    }),
    { numRuns: 2000 },
  );
});

test('of two values for one key the first counts', () => {
  expect(
    scopeIndex([
      ['a.io', 1],
      ['a.io', 2],
    ]).enclosing('a.io/ns'),
  ).toEqual([1]);
});

const host = fc.constantFrom('a.io', 'b.a.io', '*.a.io', '*.io', 'a.io:5000', 'io', '*.', '', 'a.io:5000:x', '.io');
const path = fc.constantFrom('', '/', '/x', '/x/y', '/x:1', '/x.io', '//');
const scope = fc.tuple(host, path).map((parts) => parts.join(''));
