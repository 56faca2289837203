import { expect, test } from 'vitest';
import { fieldSetOf, pathsOf } from '../../src/apply/fields/field-set.ts';
import { decodeFields, encodeFields } from '../../src/apply/fields/fields-v1.ts';
import { describePath, keyElement, valueElement } from '../../src/apply/fields/path-element.ts';

test('a field that is owned beside its children is marked with a dot', () => {
  const set = fieldSetOf(['f:data'], ['f:data', 'f:a']);
  expect(JSON.stringify(encodeFields(set))).toBe('{"f:data":{".":{},"f:a":{}}}');
});

test('steps stand in the order fields, list keys, set values, positions', () => {
  const set = fieldSetOf(['i:0'], ['v:"a"'], ['v:2'], ['v:10'], ['k:{"a":1}'], ['f:b'], ['f:a']);
  expect(Object.keys(encodeFields(set))).toEqual(['f:a', 'f:b', 'k:{"a":1}', 'v:2', 'v:10', 'v:"a"', 'i:0']);
});

test('fields are ordered by code point', () => {
  const set = fieldSetOf(['f:\u{1f600}'], ['f:\uff5e']);
  expect(Object.keys(encodeFields(set))).toEqual(['f:\uff5e', 'f:\u{1f600}']);
});

test('values are escaped as Go escapes them', () => {
  expect(valueElement('<a>&\b\\b')).toBe(String.raw`v:"\u003ca\u003e\u0026\u0008\\b"`);
});

test('the keys of a list item are read in any order', () => {
  const set = decodeFields({ 'k:{"protocol":"TCP","port":80}': {} });
  expect(pathsOf(set)).toEqual([
    [
      keyElement([
        ['port', 80],
        ['protocol', 'TCP'],
      ]),
    ],
  ]);
});

test('steps of an unknown kind are left out', () => {
  expect(pathsOf(decodeFields({ 'x:a': {}, 'f:b': {} }))).toEqual([['f:b']]);
});

test('a member called __proto__ is a field like any other', () => {
  const set = decodeFields(JSON.parse('{"f:__proto__":{"f:a":{}}}'));
  expect(JSON.stringify(encodeFields(set))).toBe('{"f:__proto__":{"f:a":{}}}');
});

test.each([['f'], ['fx'], ['k:1'], ['v:'], ['i:x']])('the step %s is refused', (key) => {
  expect(() => decodeFields({ [key]: {} })).toThrow(SyntaxError);
});

test('a path is shown with dots, keys and values', () => {
  expect(describePath(['f:spec', 'k:{"a":1,"b":"x"}', 'v:"y"', 'i:2'])).toBe('.spec[a=1,b="x"][="y"][2]');
});
