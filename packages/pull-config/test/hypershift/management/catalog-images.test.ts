import { expect, test } from 'vitest';
import { chooseCatalogImages, parseReleaseVersion } from '../../../src/hypershift/index.ts';

function choose(version: string, overrides: Record<string, string[]>, exists: (image: string) => boolean): unknown {
  const parsed = parseReleaseVersion(version);
  if (!parsed) throw new Error(version);
  return chooseCatalogImages(parsed, new Map(Object.entries(overrides)), exists);
}

test('each catalog takes its newest release of the last four, at the first registry that has it', () => {
  const overrides = { 'registry.redhat.io/redhat': ['a.io/x', 'b.io/x'] };
  const there = [
    'b.io/x/certified-operator-index:v4.19',
    'a.io/x/community-operator-index:v4.16',
    'a.io/x/redhat-operator-index:v4.18',
  ];
  expect(choose('4.19.3', overrides, (image) => there.includes(image))).toEqual({
    ok: true,
    images: {
      'certified-operators': 'b.io/x/certified-operator-index:v4.19',
      'community-operators': 'a.io/x/community-operator-index:v4.16',
      'redhat-operators': 'a.io/x/redhat-operator-index:v4.18',
    },
  });
});

test('a catalog that no release has is named', () => {
  expect(choose('4.19.0', {}, (image) => !image.includes('community'))).toEqual({
    ok: false,
    catalog: 'community-operators',
  });
});

test('an override of namespace and registry wins over one of the registry, which gets the namespace', () => {
  const images = (overrides: Record<string, string[]>): string[] => {
    const asked: string[] = [];
    choose('4.19.0', overrides, (image) => asked.push(image) > 0);
    return asked.slice(0, 1);
  };
  expect(images({ 'registry.redhat.io': ['a.io'] })).toEqual(['a.io/redhat/certified-operator-index:v4.19']);
  expect(images({ 'registry.redhat.io': ['a.io'], 'registry.redhat.io/redhat': ['b.io'] })).toEqual([
    'b.io/certified-operator-index:v4.19',
  ]);
});
