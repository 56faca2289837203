import { expect, test } from 'vitest';
import { applyPatch } from '../../src/apply/apply-patch.ts';
import { lastAppliedAnnotation } from '../../src/apply/last-applied.ts';
import { trackUpdate } from '../../src/apply/track-update.ts';
import type { StoredObject } from '../../src/store/record.ts';
import { configMap, configMaps } from './kinds.ts';

const time = '2024-01-01T00:00:00Z';

function clientSideApplied(data: Record<string, string>): StoredObject {
  const object = configMap(data);
  const annotations = { [lastAppliedAnnotation]: JSON.stringify(object) };
  const created = { ...object, metadata: { name: 'c', annotations } };
  return trackUpdate(configMaps, undefined, created, { manager: 'kubectl-client-side-apply', subresource: '' }, time);
}

function apply(live: StoredObject, manager: string, data: Record<string, string>): StoredObject {
  return applyPatch(configMaps, live, configMap(data), { manager, force: false, subresource: '', time }).object;
}

test('kubectl takes over what its client-side apply has set', () => {
  expect(apply(clientSideApplied({ a: '1' }), 'kubectl', { a: '2' })['data']).toEqual({ a: '2' });
});

test('others do not', () => {
  expect(() => apply(clientSideApplied({ a: '1' }), 'other', { a: '2' })).toThrow('using v1: .data.a');
});

test('kubectl does not take what was changed since', () => {
  const applied = clientSideApplied({ a: '1', b: '1' });
  const changed = { ...applied, data: { a: '3', b: '1' } };
  const live = trackUpdate(configMaps, applied, changed, { manager: 'other', subresource: '' }, time);
  expect(() => apply(live, 'kubectl', { a: '2', b: '2' })).toThrow(
    'Apply failed with 1 conflict: conflict with "other" using v1: .data.a',
  );
});

test('the annotation follows with sorted keys', () => {
  const { metadata } = apply(clientSideApplied({ a: '1' }), 'kubectl', { b: '<2>' }) as {
    metadata: { annotations: Record<string, string> };
  };
  expect(metadata.annotations[lastAppliedAnnotation]).toBe(
    `{"apiVersion":"v1","data":{"b":"\\u003c2\\u003e"},"kind":"ConfigMap","metadata":{"name":"c"}}\n`,
  );
});

test('an annotation that would be too long is dropped', () => {
  const { metadata } = apply(clientSideApplied({ a: '1' }), 'kubectl', { a: 'x'.repeat(262_144) }) as {
    metadata: { annotations: Record<string, string> };
  };
  expect(metadata.annotations).toEqual({});
});
