import { expect, test } from 'vitest';
import {
  familiarReference,
  formatReference,
  parseAnyReference,
  parseDockerRef,
  parseNamed,
  parseNormalizedNamed,
} from '../src/index.ts';

const hex = '0123456789abcdef'.repeat(4);

function normalized(text: string): string {
  const parsed = parseNormalizedNamed(text);
  return parsed.ok ? formatReference(parsed.value) : parsed.code;
}

test.each([
  ['nginx', 'docker.io/library/nginx'],
  ['ns/app:1', 'docker.io/ns/app:1'],
  ['index.docker.io/nginx', 'docker.io/library/nginx'],
  ['localhost/app', 'localhost/app'],
  ['host:5000/app', 'host:5000/app'],
  ['registry-1.docker.io/nginx', 'registry-1.docker.io/nginx'],
])('%s means %s', (text, expected) => {
  expect(normalized(text)).toBe(expected);
});

test('a name that looks like an image ID, or has upper case, is refused', () => {
  expect(normalized(hex)).toBe('ref-looks-like-id');
  expect(normalized('quay.io/App')).toBe('ref-uppercase');
  expect(normalized(`quay.io/app@SHA256:${hex}`)).toBe('ref-uppercase');
});

test('a canonical name is one that normalizes to itself', () => {
  expect(parseNamed('quay.io/app:1').ok).toBe(true);
  expect(parseNamed('app:1')).toMatchObject({ code: 'ref-not-canonical' });
});

test('a pull drops the tag beside a digest and adds latest where both are missing', () => {
  const pulled = ['app', 'app:1', `app:1@sha256:${hex}`].map((text) => {
    const parsed = parseDockerRef(text);
    return parsed.ok && familiarReference(parsed.value);
  });
  expect(pulled).toEqual(['app:latest', 'app:1', `app@sha256:${hex}`]);
});

test('64 hex digits alone are a digest where any reference is taken', () => {
  expect(parseAnyReference(hex)).toEqual({ ok: true, value: { digest: `sha256:${hex}` } });
});
