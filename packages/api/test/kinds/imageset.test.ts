import { describe, expect, test } from 'vitest';
import { withDeleteDefaults } from '../../src/kinds/imageset/index.ts';
import { isVersion } from '../../src/kinds/imageset/semver.ts';
import { uniqueImageName } from '../../src/kinds/imageset/unique-name.ts';
import { imageSetError } from '../../src/kinds/imageset/upstream-error.ts';

const mirror = (content: object) => ({ kind: 'ImageSetConfiguration', mirror: content });
const errorOf = (content: object) => imageSetError(mirror(content), 'ImageSetConfiguration');

test.each<[string, object, string | undefined]>([
  ['nothing to mirror', {}, undefined],
  [
    'a package that appears twice',
    { operators: [{ catalog: 'c:v1', packages: [{ name: 'a' }, { name: 'a' }] }] },
    'invalid configuration: catalog "c:v1": duplicate package entry "a"',
  ],
  [
    'two versions that are none',
    { operators: [{ catalog: 'c:v1', packages: [{ name: 'a', minVersion: 'x', maxVersion: 'y' }] }] },
    'invalid configuration: [catalog "c:v1": operator "a": maxVersion "y" must respect semantic versioning notation, catalog "c:v1": operator "a": minVersion "x" must respect semantic versioning notation]',
  ],
  [
    'the version of a channel',
    { operators: [{ catalog: 'c:v1', packages: [{ name: 'a', channels: [{ name: 's', minVersion: 'x' }] }] }] },
    'invalid configuration: catalog "c:v1": operator "a": channel "s": minVersion "x" must respect semantic versioning notation',
  ],
  [
    'faults of two validators',
    { platform: { channels: [{ name: 'a' }, { name: 'a' }, { name: 'a' }] }, blockedImages: [{ name: '(' }] },
    'invalid configuration: release channel "a": duplicate found in configuration',
  ],
  [
    'a catalog without tag',
    { operators: [{ catalog: 'registry.io/c' }] },
    'registry.io/c unable to parse image correctly : tag and digest are empty',
  ],
  ['a field in another case', { ADDITIONALIMAGES: [{ Name: 'a:b' }] }, undefined],
  ['an unknown field', { additionalImage: [] }, 'decode ImageSetConfiguration: json: unknown field "additionalImage"'],
])('%s', (_, content, expected) => {
  if (expected === undefined) expect(errorOf(content)).toBeUndefined();
  else expect(errorOf(content)).toContain(expected);
});

test('a delete configuration stops at the first fault', () => {
  const configuration = {
    kind: 'DeleteImageSetConfiguration',
    delete: { operators: [{ catalog: 'a:1' }, { catalog: 'a:1' }, { catalog: 'a:1' }] },
  };
  expect(imageSetError(configuration, 'DeleteImageSetConfiguration')).toBe(
    'invalid configuration: catalog "a:1": duplicate found in configuration',
  );
});

test('a delete configuration with channels means amd64', () => {
  const configuration = { delete: { platform: { channels: [{ name: 'stable-4.19' }] } } };
  expect(withDeleteDefaults(configuration)).toEqual({
    delete: { platform: { channels: [{ name: 'stable-4.19' }], architectures: ['amd64'] } },
  });
  expect(withDeleteDefaults({ delete: {} })).toEqual({ delete: {} });
});

describe('unique names', () => {
  test.each([
    ['registry.com/ns/baz:v1.2', '', '', 'registry.com/ns/baz:v1.2'],
    ['registry.com/ns/baz:v1.2', 'other/path', '', 'registry.com/other/path:v1.2'],
    ['registry.com/ns/baz:v1.2', '', 'v2', 'registry.com/ns/baz:v2'],
    ['ns.registry.com/ns:v1', 'x', '', 'x.registry.com/ns:v1'],
  ])('%s with path %j and tag %j is %s', (source, path, tag, expected) => {
    expect(uniqueImageName(source, path, tag)).toEqual({ ok: true, value: expected });
  });
});

test.each([
  ['1.2.3', true],
  ['v1.2', true],
  ['1', true],
  ['1.2.3-rc.1+build.5', true],
  ['1.02.3', false],
  ['1.2.3-01', false],
  ['1.2.3.4', false],
  ['latest', false],
])('%s is a version: %s', (text, expected) => {
  expect(isVersion(text)).toBe(expected);
});
