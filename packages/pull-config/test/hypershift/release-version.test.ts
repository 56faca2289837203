import { expect, test } from 'vitest';
import { isReleaseAtLeast, parseReleaseVersion, versionOfReleaseImage } from '../../src/hypershift/index.ts';

test.each([
  ['4.21.0', true],
  ['4.21.0-ec.2', true],
  ['4.21.0-0.nightly-2026-01-01-000000', true],
  ['4.20.99', false],
  ['5.0.0', true],
])('%s counts without its pre-release part', (text, expected) => {
  const version = parseReleaseVersion(text);
  expect(version && isReleaseAtLeast(version, '4.21.0')).toBe(expected);
});

test.each([
  ['quay.io/ocp:4.21.0-x86_64', '4.21.0'],
  ['quay.io/ocp:4.21.0-ec.2-multi', '4.21.0-ec.2'],
  ['r.io:5000/ocp:4.21.3', '4.21.3'],
  [`quay.io/ocp:4.21.0@sha256:${'0'.repeat(64)}`, '4.21.0'],
  [`quay.io/ocp@sha256:${'0'.repeat(64)}`, undefined],
  ['r.io:5000/ocp', undefined],
  ['quay.io/ocp:latest', undefined],
  ['quay.io/ocp:04.21.0', undefined],
])('the version of %s is %s', (image, expected) => {
  expect(versionOfReleaseImage(image)?.text).toBe(expected);
});
