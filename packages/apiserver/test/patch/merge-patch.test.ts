import { expect, test } from 'vitest';
import { mergePatch } from '../../src/patch/merge-patch.ts';

// The examples of RFC 7386 that start from an object.
test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('%j patched with %j is %j', (object, patch, expected) => {
  expect(mergePatch(object, patch)).toEqual(expected);
});

test.each([
  [[1], 'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}'],
  ['s', 'error decoding patch: json: cannot unmarshal string into Go value of type map[string]interface {}'],
  [null, 'Invalid JSON Patch'],
])('%j is no patch', (patch, message) => {
  expect(() => mergePatch({}, patch)).toThrow(message);
});

test('__proto__ is a name like any other', () => {
  const patch = JSON.parse('{"__proto__":{"polluted":true}}');
  expect(JSON.stringify(mergePatch({}, patch))).toBe('{"__proto__":{"polluted":true}}');
  expect('polluted' in {}).toBe(false);
});
