import { expect, test } from 'vitest';
import { compileRegex } from '../../src/index.ts';

/** What Go 1.26 `regexp.ReplaceAllString` gives. */
test.each([
  ['^ns/(.*)$', 'ns/app', 'x/$1', 'x/app'],
  ['(.*)', 'library/busybox', 'mirrored-$1', 'mirrored-library/busybox'],
  ['(.*)', 'a', '$1/docker', 'a/docker'],
  ['/', 'a/b/c', '-', 'a-b-c'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Go's template syntax.
  ['(?P<n>a+)(b)?', 'aaab-a', '<${n}|$2|$0|$$|$1x>', '<aaa|b|aaab|$|>-<a||a|$|>'],
  ['', 'ab', '-', '-a-b-'],
  ['a*', 'baac', 'x', 'xbxcx'],
  ['^a(/.*)?$', 'a', 'q$1', 'q'],
])('/%s/ replaces in %s by %s as Go does', (pattern, text, template, expected) => {
  expect(compileRegex(pattern).replaceAll(text, template)).toBe(expected);
});

test('a pattern with many groups costs what it visits, not what its groups could hold', () => {
  const regex = compileRegex(`(?:${'(a\\D)*'.repeat(1000)})+`);
  expect(regex.replaceAll('b', 'x')).toBe('xbx');
});

test('a pattern that is too large with its groups is refused when it is compiled', () => {
  expect(() => compileRegex('(((b)){3}){1000}(((b)){3}){1000}')).toThrow('too large');
});
