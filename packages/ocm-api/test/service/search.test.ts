import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldOf } from '../../src/service/list/field-of.ts';
import { Refusal } from '../../src/service/refusal.ts';
import { isLike } from '../../src/service/search/like.ts';
import { matches } from '../../src/service/search/matches.ts';
import { parseSearch } from '../../src/service/search/parse.ts';

const prod = {
  id: 'c1',
  name: 'prod',
  external_id: "o'brien",
  product: { id: 'rosa' },
  nodes: { compute: 3 },
  hypershift: { enabled: true },
};

function finds(search: string): boolean {
  const expression = parseSearch(search, () => true);
  return expression === undefined || matches(expression, (field) => fieldOf(prod, field));
}

test.each([
  '',
  '   ',
  "product.id = 'rosa' AND (id = 'prod' OR name = 'prod' OR external_id = 'prod')",
  "name='prod'",
  "name like 'pr%'",
  "name ilike 'PR_D'",
  "name in ('stage', 'prod')",
  "name not in ('stage')",
  "not name = 'stage'",
  "NOT (name = 'stage') And id <> 'x'",
  "external_id = 'o''brien'",
  'nodes.compute >= 3 and nodes.compute < 10',
  'hypershift.enabled = true',
  "name = 'x' or id = 'c1' and name = 'prod'",
  "((((name = 'prod'))))",
])('%s finds it', (search) => expect(finds(search)).toBe(true));

test.each([
  "name = 'stage'",
  "product.id = 'rosa' and name = 'stage'",
  "missing = 'x'",
  "missing != 'x'",
  'nodes.compute > 3',
  "name like 'PR%'",
  "constructor = 'x'",
  "__proto__.id = 'x'",
])('%s does not find it', (search) => expect(finds(search)).toBe(false));

test.each([
  ['source = =', "wrong at 10: expected a value but got '='"],
  ["name = 'a' or", "wrong at 14: expected the name of a field but got 'the end'"],
  ["name = 'a", 'a text at 8 that does not end'],
  ["name = 'a'; drop table clusters", "';' at 11, which means nothing there"],
  ["name = 'a' -- comment", "expected and, or, or the end but got '--'"],
  ["(name = 'a'", "expected ')' but got 'the end'"],
  ["name 'a'", "expected an operator but got 'a'"],
  ['name in ()', "expected a value but got ')'"],
  ["name not = 'a'", 'expected in, like or ilike after not'],
  ['name ! 1', "'!' at 6, which means nothing there"],
  [`${'('.repeat(100)}name = 'a'`, 'nested more than 32 levels deep'],
  ['x'.repeat(5000), 'more than 4096 characters'],
])('%s is refused', (search, reason) => {
  expect(() => parseSearch(search, () => true)).toThrow(reason);
});

test('a field that is not offered is refused', () => {
  expect(() => parseSearch("password = 'x'", (name) => name === 'id')).toThrow(
    "'password' is not a field that can be searched",
  );
});

test('a text in quotes never is more than a text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const expression = parseSearch(`name = '${text.replaceAll("'", "''")}'`, () => true);
      expect(expression).toEqual({ kind: 'compare', field: 'name', operator: '=', value: text });
    }),
  );
});

test('any text is read or refused, never worse', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      try {
        parseSearch(text, () => true);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
  );
});

test('patterns that are bad for backtracking take no time', () => {
  const start = performance.now();
  expect(isLike('a'.repeat(255), `${'%a'.repeat(2000)}b`)).toBe(false);
  expect(isLike('a'.repeat(255), `%${'a'.repeat(200)}%${'a'.repeat(200)}`)).toBe(false);
  expect(performance.now() - start).toBeLessThan(100);
});
