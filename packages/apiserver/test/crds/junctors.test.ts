import { expect, test } from 'vitest';
import { hasJunctors, junctorFaults } from '../../src/crds/junctors.ts';

const text = { type: 'string' };
const either = { required: ['a'] };
const other = { required: ['b'] };
const map = (junctors: object) => ({
  type: 'object',
  properties: { x: { type: 'object', properties: { a: text, b: text }, ...junctors } },
});
const told = (schema: object, value: unknown, old?: unknown) =>
  junctorFaults(schema as Record<string, unknown>, value, old).map(({ field, message }) => `${field}: ${message}`);

test.each([
  [
    { anyOf: [either, other] },
    {},
    ['<nil>: Invalid value: "": "x" must validate at least one schema (anyOf)', 'x.a: Required value'],
  ],
  [{ anyOf: [either, other] }, { b: '1' }, []],
  [
    { oneOf: [either, other] },
    { a: '1', b: '1' },
    ['<nil>: Invalid value: "": "x" must validate one and only one schema (oneOf). Found 2 valid alternatives'],
  ],
  [{ oneOf: [either, other] }, { a: '1' }, []],
  [
    { allOf: [either, other] },
    { a: '1' },
    ['<nil>: Invalid value: "": "x" must validate all the schemas (allOf)', 'x.b: Required value'],
  ],
  [{ not: either }, { a: '1' }, ['<nil>: Invalid value: "": "x" must not validate the schema (not)']],
  [{ not: either }, {}, []],
])('%j judges %j as the real server does', (junctors, value, faults) => {
  expect(told(map(junctors), { x: value })).toEqual(faults);
});

test('items are judged one by one, each at its place', () => {
  const schema = { type: 'array', items: { ...text, anyOf: [{ pattern: '^a' }] } };
  expect(told(schema, ['a', 'b'])).toEqual([
    '<nil>: Invalid value: "": "[1]" must validate at least one schema (anyOf)',
    `[1]: Invalid value: "b": [1] in body should match '^a'`,
  ]);
});

test('what an update leaves alone is tolerated', () => {
  const schema = map({ not: either });
  expect(told(schema, { x: { a: '1' } }, { x: { a: '1' } })).toEqual([]);
});

test('schemas without junctors are told apart once', () => {
  expect(hasJunctors(map({}))).toBe(false);
  expect(hasJunctors({ type: 'object', properties: { l: { type: 'array', items: map({ not: {} }) } } })).toBe(true);
});
