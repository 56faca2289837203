import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeImageOverrides,
  encodeImageOverrides,
  encodeRegistryOverrides,
  replaceRegistry,
} from '../../../src/hypershift/index.ts';

test.each([
  ['the whole text', 'quay.io', 'm.io'],
  ['a path below a host', 'quay.io/a:1', 'm.io/a:1'],
  ['a digest of a repository', 'redhat.io/a/b@sha256:0', 'n.io/b@sha256:0'],
  ['a tag of a repository', 'redhat.io/a/b:1', 'n.io/b:1'],
  ['no port of a host', 'quay.io:5000/a', 'quay.io:5000/a'],
  ['no longer host', 'quay.io.evil.com/a', 'quay.io.evil.com/a'],
  ['the longest of several', 'quay.io/ns/a', 'deep.io/a'],
])('an override matches %s', (_, image, expected) => {
  const overrides = new Map([
    ['quay.io', 'm.io'],
    ['quay.io/ns', 'deep.io'],
    ['redhat.io/a/b', 'n.io/b'],
    ['', 'never.io'],
  ]);
  expect(replaceRegistry(image, overrides)).toBe(expected);
});

test('override texts are sorted twice and empty ones are "="', () => {
  expect(encodeRegistryOverrides(new Map())).toBe('=');
  expect(
    encodeImageOverrides(
      new Map([
        ['b', ['2', '1']],
        ['a', ['z']],
      ]),
    ),
  ).toBe('a=z,b=1,b=2');
});

test('decoding skips pairs without two sides and keeps the order within a source', () => {
  expect(decodeImageOverrides('a=2,,a=1,=x,b=,noequals,c=d=e')).toEqual(
    new Map([
      ['a', ['2', '1']],
      ['c', ['d=e']],
    ]),
  );
  expect([decodeImageOverrides(''), decodeImageOverrides('=')]).toEqual([undefined, undefined]);
});

test('what is encoded decodes to the same sources with sorted mirrors', () => {
  const word = fc.stringMatching(/^[a-z0-9./:-]{1,12}$/);
  fc.assert(
    fc.property(fc.dictionary(word, fc.array(word, { minLength: 1, maxLength: 3 }), { minKeys: 1 }), (record) => {
      const overrides = new Map(Object.entries(record));
      const sorted = new Map([...overrides].map(([source, mirrors]) => [source, mirrors.toSorted()]));
      expect(decodeImageOverrides(encodeImageOverrides(overrides))).toEqual(sorted);
    }),
  );
});
