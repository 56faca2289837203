import { expect, test } from 'vitest';
import { matchPrefix } from '../src/index.ts';

test('a prefix ends at a slash, a colon, an at sign or the end', () => {
  expect(matchPrefix('a.io', 'a.io')).toBe(4);
  expect(matchPrefix('a.io/x', 'a.io')).toBe(4);
  expect(matchPrefix('a.io:5000/x', 'a.io')).toBe(4);
  expect(matchPrefix('a.io/x@sha256:00', 'a.io/x')).toBe(6);
  expect(matchPrefix('a.iox/x', 'a.io')).toBe(-1);
});

test('a wildcard covers the whole host', () => {
  expect(matchPrefix('x.y.a.io:5000/z', '*.a.io')).toBe(8);
  expect(matchPrefix('a.io/z', '*.a.io')).toBe(-1);
  expect(matchPrefix('b.io/x.a.io', '*.a.io')).toBe(-1);
});

test('only the first occurrence of the domain is tried', () => {
  expect(matchPrefix('a.io.b.io/x', '*.io')).toBe(-1);
});
