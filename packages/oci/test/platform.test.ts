import { expect, test } from 'vitest';
import { formatPlatform, manifestKind, mediaTypes, parsePlatform, servesPlatform } from '../src/index.ts';

const platform = (text: string) => parsePlatform(text)!;

test('a platform is os, architecture and perhaps a variant', () => {
  expect(formatPlatform(platform('linux/arm64/v8'))).toBe('linux/arm64/v8');
  expect(['linux', '/amd64', 'linux/', 'linux/arm/', 'a/b/c/d'].map(parsePlatform)).toEqual(Array(5).fill(undefined));
});

test('arm64 without a variant is v8', () => {
  expect(servesPlatform(platform('linux/arm64'), platform('linux/arm64/v8'))).toBe(true);
  expect(servesPlatform(platform('linux/arm/v6'), platform('linux/arm/v7'))).toBe(false);
  expect(servesPlatform(platform('linux/amd64/v2'), platform('linux/amd64'))).toBe(true);
});

test('a media type is known whatever its case and parameters', () => {
  expect(manifestKind(`${mediaTypes.ociIndex.toUpperCase()}; charset=utf-8`)).toBe('index');
  expect(manifestKind('application/json')).toBeUndefined();
});
