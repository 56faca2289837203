import { expect, test } from 'vitest';
import { hasRealMirror, isNested, isValidScope } from '../src/index.ts';

test('a path below a scope is nested, a longer name is not', () => {
  expect(isNested('quay.io/ns/app', 'quay.io/ns')).toBe(true);
  expect(isNested('quay.io/ns2', 'quay.io/ns')).toBe(false);
});

test('a port or a tag is not nesting', () => {
  expect(isNested('example.com:5000', 'example.com')).toBe(false);
  expect(isNested('example.com/app:v1', 'example.com/app')).toBe(false);
});

test('a wildcard holds hosts and wildcards below its domain, not the domain itself', () => {
  expect(isNested('a.b.example.com:5000/x', '*.example.com')).toBe(true);
  expect(isNested('*.a.example.com', '*.example.com')).toBe(true);
  expect(isNested('example.com', '*.example.com')).toBe(false);
});

test('a path that ends like the domain does not make its host nested', () => {
  expect(isNested('other.io/x.example.com', '*.example.com')).toBe(false);
  expect(isNested('other.io/x.example.com:v1', '*.example.com')).toBe(false);
});

test('a scope with a star is a wildcard of a bare domain', () => {
  expect(['*.example.com', 'anything goes:here'].filter(isValidScope)).toHaveLength(2);
  expect(['', '*', 'a.*', '*.a/b', '*.a:1', '*.a@b', '*.*.a'].filter(isValidScope)).toEqual([]);
});

test('an entry whose only mirror is its source has no real mirror', () => {
  expect(hasRealMirror('a.io', ['a.io'])).toBe(false);
  expect(hasRealMirror('a.io', ['a.io', 'm.io'])).toBe(true);
});
