import { expect, test } from 'vitest';
import { parseLabelSelector } from '../../src/rest/label-selector.ts';

const matches = (selector: string, labels: Record<string, string>) =>
  parseLabelSelector(selector)({ metadata: { labels } });

test.each([
  ['a=b', { a: 'b' }, true],
  ['a==b', { a: 'c' }, false],
  ['a!=b', {}, true],
  ['a in (b,c),d', { a: 'c', d: '' }, true],
  ['a notin (b)', {}, true],
  ['a in (,x)', { a: '' }, true],
  ['!a', { a: '1' }, false],
  [' a , !b ', { a: '' }, true],
  ['a>3', { a: '10' }, true],
  ['a<3', { a: 'x' }, false],
  ['a=', { a: '' }, true],
  ['in=in', { in: 'in' }, true],
  ['constructor', {}, false],
])('%s against %j is %s', (selector, labels, expected) => {
  expect(matches(selector, labels)).toBe(expected);
});

test.each([
  ['a b c', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  [',', "found ',', expected: !, identifier, or 'end of string'"],
  ['a,', "found '', expected: identifier after ','"],
  ['a=b c', "found 'c', expected: ',' or 'end of string'"],
  ['a in b', "unable to parse requirement: found 'b' expected: '('"],
  [
    'a>x',
    `unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer`,
  ],
])('%s is refused in the words of the real server', (selector, message) => {
  expect(() => parseLabelSelector(selector)).toThrow(message);
});
