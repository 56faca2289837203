import { expect, test } from 'vitest';
import { validateConfig } from '../../src/framework/validate.ts';
import { imageMirrorSchema } from '../../src/resources/image-mirror/schema.ts';
import { type ObjectValue, unknown } from '../../src/wire/values.ts';

const good = {
  cluster_id: 'c',
  source: 'quay.io/a',
  mirrors: ['m.io/a'],
  type: null,
  id: null,
  creation_timestamp: null,
  last_update_timestamp: null,
};

function faults(change: ObjectValue): unknown[] {
  return validateConfig(imageMirrorSchema, { ...good, ...change }).map(({ summary, detail, path }) => [
    summary,
    detail.split('\n')[0],
    path,
  ]);
}

test('a good configuration has no fault, nor has one that is not known yet', () => {
  expect(faults({})).toEqual([]);
  expect(faults({ type: unknown, mirrors: unknown, source: unknown })).toEqual([]);
});

test('every fault is told at once, in the words of the published provider', () => {
  expect(faults({ type: 'tag', mirrors: [], source: null, id: 'mine' })).toEqual([
    ['Invalid type.', 'Expected a valid param. Options are [digest]. Got tag.', undefined],
    [
      'Missing Configuration for Required Attribute',
      'Must set a configuration value for the source attribute as the provider has marked it as required.',
      ['source'],
    ],
    ['Invalid Attribute Value', 'Attribute mirrors list must contain at least 1 elements, got: 0', ['mirrors']],
    [
      'Invalid Configuration for Read-Only Attribute',
      'Cannot set value for this attribute as the provider has marked it as read-only. Remove the configuration line setting the value.',
      ['id'],
    ],
  ]);
});
