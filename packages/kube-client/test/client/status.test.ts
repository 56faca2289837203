import { expect, test } from 'vitest';
import { retryAfter } from '../../src/client/status.ts';
import { parseWarnings } from '../../src/client/warnings.ts';

test.each([
  ['7', undefined, 7_000],
  ['0', undefined, 0],
  ['Wed, 21 Oct 2026 07:28:10 GMT', 'Wed, 21 Oct 2026 07:28:00 GMT', 10_000],
  ['Wed, 21 Oct 2026 07:28:00 GMT', 'Wed, 21 Oct 2026 07:28:10 GMT', 0],
  ['soon', undefined, undefined],
  ['', undefined, undefined],
  ['-1', undefined, undefined],
])('Retry-After %j at %j is %j milliseconds', (value, date, expected) => {
  expect(retryAfter(value, date, 0)).toBe(expected);
});

test('a Retry-After date without a Date header is measured against the own clock', () => {
  const until = 'Wed, 21 Oct 2026 07:28:10 GMT';
  expect(retryAfter(until, undefined, Date.parse(until) - 4_000)).toBe(4_000);
});

test.each([
  [undefined, []],
  ['299 - "one"', ['one']],
  ['299 - "a, b", 299 - "c \\\\ \\"d\\""', ['a, b', 'c \\ "d"']],
  ['199 - "other code"', []],
  ['299 - "never ends', []],
  ['299 - "dated" "Wed, 21 Oct 2026 07:28:10 GMT"', ['dated']],
])('the warnings of %j are %j', (header, expected) => {
  expect(parseWarnings(header)).toEqual(expected);
});
