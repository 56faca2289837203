import { expect, test } from 'vitest';
import { applyPatch } from '../../src/apply/apply-patch.ts';
import { keepTimes } from '../../src/apply/keep-times.ts';
import { trackUpdate } from '../../src/apply/track-update.ts';
import type { StoredObject } from '../../src/store/record.ts';
import { configMap, configMaps, nodes, widget, widgets } from './kinds.ts';

const time = '2024-01-01T00:00:00Z';
const later = '2024-01-01T00:00:09Z';

function entries(object: StoredObject): readonly Record<string, unknown>[] {
  return (object['metadata'] as { managedFields?: Record<string, unknown>[] }).managedFields ?? [];
}

function created(): StoredObject {
  return trackUpdate(widgets, undefined, widget({ color: 'red' }), { manager: 'u', subresource: '' }, time);
}

function withSpec(object: StoredObject, spec: Record<string, unknown>): StoredObject {
  return { ...object, spec };
}

test('a creation owns every field that it sets, and the maps that it makes', () => {
  expect(entries(created())).toEqual([
    {
      manager: 'u',
      operation: 'Update',
      apiVersion: 'x.io/v1',
      time,
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:spec': { '.': {}, 'f:color': {} } },
    },
  ]);
});

test('an update adds what it changes to the entry of its manager', () => {
  const next = trackUpdate(
    widgets,
    created(),
    withSpec(created(), { color: 'red', size: 1 }),
    { manager: 'u', subresource: '' },
    later,
  );
  expect(entries(next).map((entry) => [entry['time'], entry['fieldsV1']])).toEqual([
    [later, { 'f:spec': { '.': {}, 'f:color': {}, 'f:size': {} } }],
  ]);
});

test('a field that another manager changes is no longer its former owner’s', () => {
  const next = trackUpdate(
    widgets,
    created(),
    withSpec(created(), { color: 'blue' }),
    { manager: 'v', subresource: '' },
    later,
  );
  expect(entries(next).map((entry) => [entry['manager'], entry['fieldsV1']])).toEqual([
    ['u', { 'f:spec': {} }],
    ['v', { 'f:spec': { 'f:color': {} } }],
  ]);
});

test('a field that is removed belongs to nobody', () => {
  const next = trackUpdate(widgets, created(), withSpec(created(), {}), { manager: 'v', subresource: '' }, later);
  expect(entries(next).map((entry) => entry['manager'])).toEqual(['u']);
});

test('an update that changes nothing leaves the entries alone', () => {
  expect(trackUpdate(widgets, created(), created(), { manager: 'v', subresource: '' }, later)).toEqual(created());
});

test('applies come before updates, then the older entries', () => {
  const next = trackUpdate(
    widgets,
    created(),
    withSpec(created(), { color: 'red', size: 1 }),
    { manager: 'a', subresource: '' },
    later,
  );
  const { object } = applyPatch(widgets, next, widget({ tags: ['x'] }), {
    manager: 'z',
    force: false,
    subresource: '',
    time: later,
  });
  expect(entries(object).map((entry) => entry['manager'])).toEqual(['z', 'u', 'a']);
});

test('a write of the status has an entry of its own without the spec', () => {
  const changed = { ...created(), status: { phase: 'on' } };
  const next = trackUpdate(widgets, created(), changed, { manager: 'u', subresource: 'status' }, later);
  expect(entries(next)[1]).toMatchObject({
    subresource: 'status',
    fieldsV1: { 'f:status': { '.': {}, 'f:phase': {} } },
  });
});

test('the struct members of a built-in are nobody’s', () => {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, spec: { unschedulable: true } };
  const next = trackUpdate(nodes, undefined, node, { manager: 'u', subresource: '' }, time);
  expect(entries(next)[0]?.['fieldsV1']).toEqual({ 'f:spec': { 'f:unschedulable': {} } });
});

test.each([[[]], [[{}]]])('managedFields %j forget all owners', (managedFields) => {
  const next = { ...created(), metadata: { name: 'w', managedFields } };
  expect(entries(trackUpdate(widgets, created(), next, { manager: 'v', subresource: '' }, later))).toEqual([]);
});

test('a write of the status cannot touch the entries', () => {
  const next = { ...created(), metadata: { name: 'w', managedFields: [] } };
  const tracked = trackUpdate(widgets, created(), next, { manager: 'v', subresource: 'status' }, later);
  expect(entries(tracked)).toEqual(entries(created()));
});

test('entries of another form are ignored', () => {
  const next = { ...created(), metadata: { name: 'w', managedFields: [{ manager: 'x', operation: 'Own' }] } };
  expect(entries(trackUpdate(widgets, created(), next, { manager: 'v', subresource: '' }, later))).toEqual(
    entries(created()),
  );
});

test('an object without owners stays without', () => {
  const old = configMap({ a: '1' });
  expect(
    entries(trackUpdate(configMaps, old, configMap({ a: '2' }), { manager: 'v', subresource: '' }, later)),
  ).toEqual([]);
});

test('labels that a client removed with the whole map are nobody’s', () => {
  const labelled = { ...configMap({}), metadata: { name: 'c', labels: { a: 'b' } } };
  const old = trackUpdate(configMaps, undefined, labelled, { manager: 'u', subresource: '' }, time);
  const next = trackUpdate(configMaps, old, configMap({}), { manager: 'v', subresource: '' }, later);
  expect(entries(next).map((entry) => entry['fieldsV1'])).toEqual([{ 'f:data': {} }]);
});

test('of more than ten updates the oldest become ancient-changes', () => {
  let object: StoredObject = trackUpdate(
    configMaps,
    undefined,
    configMap({}),
    { manager: 'm0', subresource: '' },
    time,
  );
  for (let index = 1; index <= 12; index++) {
    const next = { ...object, data: { ...(object['data'] as object), [`k${index}`]: 'v' } };
    object = trackUpdate(
      configMaps,
      object,
      next,
      { manager: `m${index}`, subresource: '' },
      `2024-01-01T00:00:${10 + index}Z`,
    );
  }
  const [ancient, ...others] = entries(object);
  expect(ancient).toMatchObject({ manager: 'ancient-changes', time: '2024-01-01T00:00:13Z' });
  expect(ancient?.['fieldsV1']).toEqual({ 'f:data': { '.': {}, 'f:k1': {}, 'f:k2': {}, 'f:k3': {} } });
  expect(others).toHaveLength(9);
});

test('an entry that was made before a list became atomic owns the whole list', () => {
  const fieldsV1 = { 'f:spec': { 'f:args': { 'v:"x"': {} } } };
  const entry = { manager: 'u', operation: 'Update', apiVersion: 'x.io/v1', time, fieldsType: 'FieldsV1', fieldsV1 };
  const old = { ...widget({ args: ['x'] }), metadata: { name: 'w', managedFields: [entry] } };
  const next = { ...old, spec: { args: ['x'], size: 1 } };
  expect(entries(trackUpdate(widgets, old, next, { manager: 'v', subresource: '' }, later))[0]).toMatchObject({
    manager: 'u',
    fieldsV1: { 'f:spec': { 'f:args': {} } },
  });
});

test('times that alone differ are the old ones', () => {
  const touched = {
    ...created(),
    metadata: { name: 'w', managedFields: entries(created()).map((entry) => ({ ...entry, time: later })) },
  };
  expect(keepTimes(created(), touched)).toEqual(created());
});
