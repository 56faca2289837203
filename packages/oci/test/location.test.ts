import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMirrorLocation, isMirrorSource } from '../src/index.ts';

// The published patterns (openshift/api config/v1), used only on short texts: they backtrack.
const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const mirror = `${label}(?:(?:\\.${label})+)?(?::[0-9]+)?(?:(?:/[a-z0-9]+(?:(?:(?:[._]|__|[-]*)[a-z0-9]+)+)?)+)?`;
const published = {
  mirror: new RegExp(`^${mirror}$(?![\\s\\S])`),
  source: new RegExp(`^(?:\\*(?:\\.${label})+|${mirror})$(?![\\s\\S])`),
};
const nearMisses = fc.string({ unit: fc.constantFrom(...'aZ0.-_/:*@\n '.split('')), maxLength: 14 });

test.each(['quay.io', 'quay.io:5000/ns/app', 'a/b__c/d---e', 'UPPER.host/lower', 'localhost'])(
  '%s is a mirror location',
  (text) => {
    expect(isMirrorLocation(text)).toBe(true);
  },
);

test.each([
  '',
  '-a.io',
  'a-.io',
  'a..io',
  'a.io:',
  'a.io:x',
  'a.io/',
  'a.io//b',
  'a.io/B',
  'a.io/b:tag',
  'a.io/b_-c',
  'a.io/b___c',
  '*.io',
  'a.io\n',
  '[::1]/x',
])('%j is no mirror location', (text) => {
  expect(isMirrorLocation(text)).toBe(false);
});

test('a source may be a wildcard of a bare domain only', () => {
  expect(['*.io', '*.a.io', 'a.io/b'].filter(isMirrorSource)).toEqual(['*.io', '*.a.io', 'a.io/b']);
  expect(['*', '*.', '*.a.io/b', '*.a.io:5000', '*.*.io', 'a.*.io'].filter(isMirrorSource)).toEqual([]);
});

test('both matchers agree with the published patterns', () => {
  fc.assert(
    fc.property(nearMisses, (text) => {
      expect(isMirrorLocation(text)).toBe(published.mirror.test(text));
      expect(isMirrorSource(text)).toBe(published.source.test(text));
    }),
    { numRuns: 20_000 },
  );
});

test('a text on which the published pattern takes hours costs nothing', () => {
  expect(isMirrorLocation(`a/${'n'.repeat(1_000_000)}!`)).toBe(false);
});
