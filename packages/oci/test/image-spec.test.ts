import { expect, test } from 'vitest';
import { parseImageSpec } from '../src/index.ts';

test('a docker image is split at the first slash and the last colon', () => {
  expect(parseImageSpec('reg:5000/a/b:1')).toMatchObject({ value: { domain: 'reg:5000', path: 'a/b', tag: '1' } });
});

test.each([
  ['reg.io/app', 'image-unpinned'],
  ['reg.io/app@sha256:00', 'image-digest-invalid'],
  ['docker://', 'image-name-empty'],
  ['a://b://c', 'image-name-empty'],
])('%s is refused as %s', (text, code) => {
  expect(parseImageSpec(text)).toMatchObject({ ok: false, code });
});
