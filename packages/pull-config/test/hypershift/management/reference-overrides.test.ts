import { expect, test } from 'vitest';
import { MirrorAvailability, matchOverride, overrideCandidates, seekOverride } from '../../../src/hypershift/index.ts';

test.each([
  ['a registry', 'quay.io/a/b/c:1', 'quay.io', 'm.io', 'm.io/a/b/c:1'],
  ['a registry with a port', 'q.io:5000/a/b:1', 'q.io:5000', 'm.io:8443', 'm.io:8443/a/b:1'],
  ['a registry behind a path', 'quay.io/a/b:1', 'quay.io', 'm.io/cache', 'm.io/cache/a/b:1'],
  [
    'a namespace',
    `quay.io/mce/x@sha256:${'0'.repeat(64)}`,
    'quay.io/mce',
    'm.io/a/b',
    `m.io/a/b/x@sha256:${'0'.repeat(64)}`,
  ],
  ['a repository under a new name', 'quay.io/a/b:1', 'quay.io/a/b', 'm.io/x/y', 'm.io/x/y:1'],
  ['a repository with a tag', 'quay.io/a/b:1', 'quay.io/a/b:2', 'm.io/a/b:2', 'm.io/a/b:1'],
  ['a repository at the root of a registry', 'quay.io/b:1', 'quay.io/b', 'm.io/c', 'm.io/c:1'],
])('a source may name %s', (_, image, source, mirror, expected) => {
  expect(matchOverride(image, source, mirror)).toEqual({ found: true, image: expected });
});

test('namespaces and repositories of another registry do not match', () => {
  const image = 'docker.io/mce/x:1';
  expect(matchOverride(image, 'quay.io/mce', 'm.io/a')).toEqual({ found: false, image });
  expect(matchOverride(image, 'quay.io/mce/x', 'm.io/a')).toEqual({ found: false, image });
});

test.each(['*.example.com', '', 'Quay.io/A/b'])('the source %j is an error', (source) => {
  expect(matchOverride('quay.io/a/b:1', source, 'm.io')).toMatchObject({ found: false, error: expect.any(String) });
});

const overrides = new Map([
  ['quay.io', ['broad.io']],
  ['quay.io/a/b', ['first.io/b', '', 'second.io/b']],
  ['*.io', ['wild.io']],
]);

test('candidates come from the longest source first, mirrors in their order', () => {
  expect(overrideCandidates('quay.io/a/b:1', overrides)).toEqual(['first.io/b:1', 'second.io/b:1', 'broad.io/a/b:1']);
});

test('the first mirror that answers is taken, the image itself when none does', () => {
  expect(seekOverride('quay.io/a/b:1', overrides, (candidate) => candidate.startsWith('second'))).toBe('second.io/b:1');
  expect(seekOverride('quay.io/a/b:1', overrides, () => false)).toBe('quay.io/a/b:1');
});

test('an answer is believed 5 minutes, a silence 1 minute, for its pull secret alone', () => {
  let now = 0;
  const cache = new MirrorAvailability(() => now);
  cache.set('up', 's', true);
  cache.set('down', 's', false);
  now = 59;
  expect([cache.get('up', 's'), cache.get('down', 's'), cache.get('up', 'other')]).toEqual([true, false, undefined]);
  now = 60;
  expect([cache.get('up', 's'), cache.get('down', 's')]).toEqual([true, undefined]);
  now = 300;
  expect(cache.get('up', 's')).toBeUndefined();
});
