import { expect, test } from 'vitest';
import { compareBytes } from '../../src/patch/compare-bytes.ts';
import { goText, goType } from '../../src/patch/go-text.ts';

test('maps are printed with sorted names, lists with spaces', () => {
  expect(goText({ b: [1, 'x', null], a: { c: true } })).toBe('map[a:map[c:true] b:[1 x <nil>]]');
});

test.each([
  [{}, 'map[string]interface {}'],
  [[], '[]interface {}'],
  ['a', 'string'],
  [1, 'int64'],
  [1.5, 'float64'],
  [true, 'bool'],
  [null, '%!s(<nil>)'],
])('%j is a %s', (value, type) => {
  expect(goType(value)).toBe(type);
});

test('text is ordered as its UTF-8 bytes are', () => {
  const texts = ['\u{1f600}', '\uff5e', 'b', 'a', 'ab', ''];
  const bytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect([...texts].sort(compareBytes)).toEqual(bytes);
});
