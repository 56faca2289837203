import { expect, test } from 'vitest';
import { goJsonIndented, goJsonString } from '../../src/index.ts';

test('a map is sorted by bytes, an object keeps its order, undefined members are left out', () => {
  const map = new Map([
    ['b', 1],
    ['\u{10000}', 2],
    ['\uffff', 3],
    ['a', 4],
  ]);
  expect(goJsonIndented({ z: map, a: undefined, y: true })).toBe(
    '{\n  "z": {\n    "a": 4,\n    "b": 1,\n    "\uffff": 3,\n    "\u{10000}": 2\n  },\n  "y": true\n}',
  );
});

test('what is empty stands on one line', () => {
  expect(goJsonIndented({ a: [], b: {}, c: new Map(), d: null })).toBe(
    '{\n  "a": [],\n  "b": {},\n  "c": {},\n  "d": null\n}',
  );
});

test('characters that matter in HTML are escaped, and so are line separators', () => {
  expect(goJsonString('<a>&\u2028"\\\n\u0001')).toBe('"\\u003ca\\u003e\\u0026\\u2028\\"\\\\\\n\\u0001"');
});

test('a key like a property of every object is data', () => {
  expect(goJsonIndented(new Map([['__proto__', 1]]))).toBe('{\n  "__proto__": 1\n}');
});
