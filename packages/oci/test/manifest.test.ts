import { expect, test } from 'vitest';
import { mediaTypes, parseManifest } from '../src/index.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const descriptor = { mediaType: 'application/octet-stream', digest, size: 1 };
const parse = (document: unknown) => parseManifest(JSON.stringify(document));

test('an image manifest is known by its fields, with or without a media type', () => {
  const image = { config: descriptor, layers: [descriptor] };
  expect(parse(image)).toMatchObject({ value: { kind: 'image', config: { digest } } });
  expect(parse({ ...image, mediaType: mediaTypes.dockerManifest }).ok).toBe(true);
});

test('an index lists a descriptor per platform', () => {
  const platform = { os: 'linux', architecture: 'arm64', variant: 'v8', 'os.version': 'x' };
  expect(parse({ manifests: [{ ...descriptor, platform }] })).toMatchObject({
    value: { kind: 'index', manifests: [{ platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } }] },
  });
});

test('a document that two readers would take differently is refused', () => {
  expect(parse({ config: descriptor, layers: [], manifests: [] })).toMatchObject({ code: 'manifest-ambiguous' });
  expect(parse({ mediaType: mediaTypes.ociManifest, manifests: [] })).toMatchObject({ code: 'manifest-ambiguous' });
});

test.each([
  ['[]', 'manifest-not-json'],
  ['{', 'manifest-not-json'],
  ['{}', 'manifest-shape'],
  [JSON.stringify({ config: { ...descriptor, size: -1 }, layers: [] }), 'manifest-shape'],
  [JSON.stringify({ config: { ...descriptor, digest: 'sha256:00' }, layers: [] }), 'manifest-shape'],
  [JSON.stringify({ manifests: [descriptor, null] }), 'manifest-shape'],
])('%s is refused as %s', (text, code) => {
  expect(parseManifest(text)).toMatchObject({ ok: false, code });
});
