import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, parseVersion } from '../../src/lint/version.ts';

function compare(left: string, right: string): number {
  const [a, b] = [parseVersion(left), parseVersion(right)];
  if (!a || !b) throw new Error(`${left} or ${right} is no version`);
  return Math.sign(compareVersions(a, b));
}

test('the versions of the semver specification stand in its order', () => {
  const order = [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
  ];
  for (const [index, version] of order.slice(1).entries()) expect(compare(order[index] ?? '', version)).toBe(-1);
});

test('a rebuild is below the version that it rebuilds, and above an older patch', () => {
  expect(compare('1.47.1-5', '1.47.1')).toBe(-1);
  expect(compare('1.47.1-5', '1.47.0')).toBe(1);
});

test('a leading v, missing parts and a build part make no difference', () => {
  expect(compare('v1.2', '1.2.0+build.7')).toBe(0);
});

test('numbers of any length are compared by value', () => {
  expect(compare('1.0.99999999999999999999', '1.0.100000000000000000000')).toBe(-1);
});

test.each(['', 'v', '1.', '1.2.3.4', '1.x', '1.2.3-', '1.2.3-a..b', 'latest'])('"%s" is no version', (text) => {
  expect(parseVersion(text)).toBeUndefined();
});

test('comparing the other way round gives the opposite', () => {
  const part = fc.nat({ max: 12 });
  const version = fc
    .tuple(
      part,
      part,
      fc.option(fc.array(fc.oneof(part, fc.constantFrom('rc', 'ec', '0a')), { minLength: 1, maxLength: 3 })),
    )
    .map(([major, minor, tail]) => `${major}.${minor}.0${tail ? `-${tail.join('.')}` : ''}`);
  fc.assert(
    fc.property(version, version, (left, right) => {
      expect(compare(left, right) + compare(right, left)).toBe(0);
    }),
  );
});
