import fc from 'fast-check';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { tomlKey, tomlString, tomlStrings } from '../../src/formats/toml-text.ts';

test('control characters are escaped, the short way where there is one', () => {
  expect(tomlString('a"b\\c\td\u0000\u001f\u007fé')).toBe('"a\\"b\\\\c\\td\\u0000\\u001f\\u007fé"');
});

test('a key is bare when it may be', () => {
  expect(['a-b_C1', 'a b', 'a.b', ''].map(tomlKey)).toEqual(['a-b_C1', '"a b"', '"a.b"', '""']);
});

test('an array stands on one line', () => {
  expect([tomlStrings([]), tomlStrings(['a', 'b'])]).toEqual(['[]', '["a", "b"]']);
});

test('a parser reads every string back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(parse(`v = ${tomlString(text)}`)).toEqual({ v: text });
    }),
  );
});
