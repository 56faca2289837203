import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatReference, parseReference } from '../src/index.ts';

const sha256 = `sha256:${'0123456789abcdef'.repeat(4)}`;

// The published grammar (containers/image docker/reference), used only on short texts: it backtracks.
const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `${label}(?:\\.${label})*(?::[0-9]+)?`;
const component = '[a-z0-9]+(?:(?:[._]|__|[-]*)[a-z0-9]+)*';
const published = new RegExp(
  `^(?:(${domain})/)?(${component}(?:/${component})*)(?::(\\w[\\w.-]{0,127}))?$(?![\\s\\S])`,
);

test('a reference is split into domain, path, tag and digest', () => {
  expect(parseReference(`quay.io:5000/ns/app:v1@${sha256}`)).toEqual({
    ok: true,
    value: { domain: 'quay.io:5000', path: 'ns/app', name: 'quay.io:5000/ns/app', tag: 'v1', digest: sha256 },
  });
});

test('a host with a port and no path is a name with a tag', () => {
  expect(parseReference('localhost:5000')).toMatchObject({
    ok: true,
    value: { domain: '', path: 'localhost', tag: '5000' },
  });
});

test.each([
  ['', 'ref-name-empty'],
  ['a:b:c', 'ref-invalid-format'],
  ['a/b:', 'ref-invalid-format'],
  ['a@b', 'ref-invalid-format'],
  ['[::1]/a', 'ref-invalid-format'],
  ['a.io/B', 'ref-uppercase'],
  ['a.io/\u212A', 'ref-uppercase'],
  ['a.io/\u0130', 'ref-uppercase'],
  [`a/${'b'.repeat(254)}`, 'ref-too-long'],
  [`a@md5:${'0'.repeat(32)}`, 'ref-digest-algorithm'],
  [`a@sha256:${'0'.repeat(63)}`, 'ref-digest-length'],
  [`a@sha256:${'A'.repeat(64)}`, 'ref-digest-format'],
  [`a@Sha.256x:${'0'.repeat(32)}`, 'ref-invalid-format'],
  [`a@SHA256:${'0'.repeat(64)}`, 'ref-digest-format'],
  [`a:${'t'.repeat(129)}`, 'ref-invalid-format'],
])('%j is refused as %s', (text, code) => {
  expect(parseReference(text)).toMatchObject({ ok: false, code });
});

test('the scanner agrees with the published grammar', () => {
  const nearMisses = fc.string({ unit: fc.constantFrom(...'aZ0.-_/:'.split('')), maxLength: 16 });
  fc.assert(
    fc.property(nearMisses, (text) => {
      const [, domain = '', path, tag] = published.exec(text) ?? [];
      const parsed = parseReference(text);
      expect(parsed.ok && { ...parsed.value, name: undefined }).toEqual(
        path !== undefined && { domain, path, tag, digest: undefined, name: undefined },
      );
    }),
    { numRuns: 20_000 },
  );
});

test('what is parsed prints as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '1', '/', ':', '.', `@${sha256}`), maxLength: 12 }), (text) => {
      const parsed = parseReference(text);
      if (parsed.ok) expect(formatReference(parsed.value)).toBe(text);
    }),
  );
});

test('megabytes of near misses cost little', () => {
  for (const text of [`a/${'n'.repeat(1e6)}!`, 'a/'.repeat(5e5), ':'.repeat(1e6), '@'.repeat(1e6), 'a-'.repeat(5e5)])
    expect(parseReference(text).ok).toBe(false);
});
