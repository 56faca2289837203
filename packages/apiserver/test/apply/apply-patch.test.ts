import { expect, test } from 'vitest';
import { type ApplyOptions, applyPatch } from '../../src/apply/apply-patch.ts';
import { trackUpdate } from '../../src/apply/track-update.ts';
import type { ApiError } from '../../src/status/status.ts';
import type { StoredObject } from '../../src/store/record.ts';
import { configMap, configMaps, widget, widgets } from './kinds.ts';

const time = '2024-01-01T00:00:00Z';
const later = '2024-01-01T00:00:09Z';

function options(manager: string, more: Partial<ApplyOptions> = {}): ApplyOptions {
  return { manager, force: false, subresource: '', time, ...more };
}

function entries(object: StoredObject): readonly Record<string, unknown>[] {
  return (object['metadata'] as { managedFields?: Record<string, unknown>[] }).managedFields ?? [];
}

function fieldsOf(object: StoredObject, manager: string): unknown {
  return entries(object).find((entry) => entry['manager'] === manager)?.['fieldsV1'];
}

function failureOf(run: () => unknown): ApiError {
  try {
    run();
  } catch (error) {
    return error as ApiError;
  }
  throw new Error('it did not fail');
}

test('the first apply creates the object and owns what it names', () => {
  const config = widget({ tags: ['a'], ports: [{ port: 80, name: 'web' }], args: ['x'], limits: { cpu: '1' } });
  expect(applyPatch(widgets, undefined, config, options('a')).object).toEqual({
    ...config,
    metadata: {
      name: 'w',
      managedFields: [
        {
          manager: 'a',
          operation: 'Apply',
          apiVersion: 'x.io/v1',
          time,
          fieldsType: 'FieldsV1',
          fieldsV1: {
            'f:spec': {
              'f:args': {},
              'f:limits': {},
              'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {}, 'f:port': {} } },
              'f:tags': { 'v:"a"': {} },
            },
          },
        },
      ],
    },
  });
});

test('the same apply again gives the same object', () => {
  const { object } = applyPatch(widgets, undefined, widget({ color: 'red' }), options('a'));
  expect(applyPatch(widgets, object, widget({ color: 'red' }), options('a', { time: later })).object).toEqual(object);
});

test('an apply that changes only ownership leaves its entry without time', () => {
  const { object } = applyPatch(widgets, undefined, widget({ color: 'red' }), options('a'));
  const shared = applyPatch(widgets, object, widget({ color: 'red' }), options('b', { time: later })).object;
  expect(entries(shared).map((entry) => [entry['manager'], entry['time']])).toEqual([
    ['b', undefined],
    ['a', time],
  ]);
});

test('a field of another manager is a conflict', () => {
  const { object } = applyPatch(widgets, undefined, widget({ color: 'red' }), options('a'));
  const { status } = failureOf(() => applyPatch(widgets, object, widget({ color: 'blue' }), options('b')));
  expect(status).toMatchObject({
    code: 409,
    reason: 'Conflict',
    message: 'Apply failed with 1 conflict: conflict with "a": .spec.color',
    details: { causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "a"', field: '.spec.color' }] },
  });
});

test('several conflicts are listed by manager', () => {
  const created = trackUpdate(widgets, undefined, widget({ color: 'red' }), { manager: 'u', subresource: '' }, time);
  const { object } = applyPatch(widgets, created, widget({ ports: [{ port: 1, name: 'x' }] }), options('a'));
  const config = widget({ color: 'blue', ports: [{ port: 1, name: 'y' }] });
  expect(failureOf(() => applyPatch(widgets, object, config, options('b'))).message).toBe(
    [
      'Apply failed with 2 conflicts: conflicts with "a":',
      '- .spec.ports[port=1,protocol="TCP"].name',
      'conflicts with "u" using x.io/v1:',
      '- .spec.color',
    ].join('\n'),
  );
});

test('force takes the field, and a former owner keeps the map that it made', () => {
  const created = trackUpdate(configMaps, undefined, configMap({ k: '1' }), { manager: 'u', subresource: '' }, time);
  const forced = applyPatch(configMaps, created, configMap({ k: '2' }), options('a', { force: true })).object;
  expect(forced['data']).toEqual({ k: '2' });
  expect([fieldsOf(forced, 'u'), fieldsOf(forced, 'a')]).toEqual([{ 'f:data': {} }, { 'f:data': { 'f:k': {} } }]);
});

test('a manager that loses its last field has no entry', () => {
  const { object } = applyPatch(configMaps, undefined, configMap({ k: '1' }), options('a'));
  const forced = applyPatch(configMaps, object, configMap({ k: '2' }), options('b', { force: true })).object;
  expect(entries(forced).map((entry) => entry['manager'])).toEqual(['b']);
});

test('what the manager no longer names is removed', () => {
  const first = applyPatch(widgets, undefined, widget({ color: 'red', tags: ['a', 'b'] }), options('a')).object;
  expect(applyPatch(widgets, first, widget({ tags: ['b'] }), options('a')).object['spec']).toEqual({ tags: ['b'] });
});

test('what another manager owns too stays', () => {
  const first = applyPatch(widgets, undefined, widget({ tags: ['a', 'b'] }), options('a')).object;
  const second = applyPatch(widgets, first, widget({ tags: ['a'] }), options('b')).object;
  expect(applyPatch(widgets, second, widget({}), options('a')).object['spec']).toEqual({ tags: ['a'] });
});

test('a map that loses its last member while someone owns the map itself becomes null', () => {
  const created = trackUpdate(widgets, undefined, widget({ options: {} }), { manager: 'u', subresource: '' }, time);
  const first = applyPatch(widgets, created, widget({ options: { x: 'y' } }), options('a')).object;
  expect(applyPatch(widgets, first, widget({}), options('a')).object['spec']).toEqual({ options: null });
});

test('items of a set come in the order of the apply', () => {
  const first = applyPatch(widgets, undefined, widget({ tags: ['a', 'b', 'c'] }), options('a')).object;
  expect(applyPatch(widgets, first, widget({ tags: ['c', 'a'] }), options('b')).object['spec']).toEqual({
    tags: ['b', 'c', 'a'],
  });
});

test('status is not owned by an apply of the main resource', () => {
  const config = widget({ color: 'red' }, { status: { phase: 'on' } });
  expect(fieldsOf(applyPatch(widgets, undefined, config, options('a')).object, 'a')).toEqual({
    'f:spec': { 'f:color': {} },
  });
});

test('an apply that differs only in what is dropped keeps the time of its entry', () => {
  const { object } = applyPatch(widgets, undefined, widget({ color: 'red' }), options('a'));
  const config = widget({ color: 'red' }, { status: { phase: 'on' } });
  const again = applyPatch(widgets, object, config, options('a', { time: later })).object;
  expect(entries(again)).toEqual(entries(object));
});

test('an apply of the status has an entry of its own, and owns nothing else', () => {
  const { object } = applyPatch(widgets, undefined, widget({ color: 'red' }), options('a'));
  const config = widget({ color: 'red' }, { status: { phase: 'on' } });
  const changed = applyPatch(widgets, object, config, options('a', { subresource: 'status' })).object;
  expect(entries(changed).map((entry) => [entry['subresource'], entry['fieldsV1']])).toEqual([
    [undefined, { 'f:spec': { 'f:color': {} } }],
    ['status', { 'f:status': { 'f:phase': {} } }],
  ]);
});

test('what an untracked object holds belongs to before-first-apply', () => {
  const live = { ...widget({ color: 'red' }), metadata: { name: 'w', uid: 'u' } };
  const { object } = applyPatch(widgets, live, widget({ size: 1 }), options('a'));
  expect(fieldsOf(object, 'before-first-apply')).toEqual({ 'f:spec': { '.': {}, 'f:color': {} } });
});

test('finalizers are a set and owner references are told apart by uid', () => {
  const config = widget(
    {},
    { metadata: { name: 'w', finalizers: ['x/y'], ownerReferences: [{ uid: 'u', name: 'n' }] } },
  );
  expect(fieldsOf(applyPatch(widgets, undefined, config, options('a')).object, 'a')).toEqual({
    'f:metadata': { 'f:finalizers': { 'v:"x/y"': {} }, 'f:ownerReferences': { 'k:{"uid":"u"}': {} } },
    'f:spec': {},
  });
});

test('owners of another API group are forgotten', () => {
  const entry = {
    manager: 'old',
    operation: 'Update',
    apiVersion: 'y.io/v1',
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:a': {} },
  };
  const live = { ...widget({ color: 'red' }), metadata: { name: 'w', managedFields: [entry] } };
  expect(entries(applyPatch(widgets, live, widget({ size: 1 }), options('a')).object)).toHaveLength(1);
});

test.each([
  [{ apiVersion: 'x.io/v2', kind: 'Widget' }, 'invalid object type: x.io/v2, Kind=Widget'],
  [{ apiVersion: 'v1', kind: 'Widget' }, 'invalid object type: /v1, Kind=Widget'],
  [{ kind: 'Widget' }, 'invalid object type: /, Kind=Widget'],
])('a body of another kind is refused: %j', (config, message) => {
  expect(failureOf(() => applyPatch(widgets, undefined, config, options('a'))).status).toMatchObject({
    code: 400,
    message,
  });
});

test('managedFields in the body are refused', () => {
  const config = widget({}, { metadata: { name: 'w', managedFields: [] } });
  const { status } = failureOf(() => applyPatch(widgets, undefined, config, options('a')));
  expect(status).toMatchObject({ code: 400, message: 'metadata.managedFields must be nil' });
});

test('everything that does not fit the schema is named', () => {
  const config = widget({ color: 1, nope: 2, tags: 3, ports: [{ name: 'x' }], args: [] });
  config['metadata'] = { name: 'w', namespace: 'ns' };
  expect(failureOf(() => applyPatch(widgets, undefined, config, options('a'))).message).toBe(
    [
      'failed to create typed patch object (ns/w; x.io/v1, Kind=Widget): errors:',
      '  .spec.color: expected string, got 1',
      '  .spec.nope: field not declared in schema',
      '  .spec.tags: expected list, got 3',
    ].join('\n'),
  );
});

test('an item of a list map needs a key', () => {
  const kind = {
    ...widgets,
    schema: {
      type: 'object',
      properties: {
        l: {
          type: 'array',
          listType: 'map',
          listMapKeys: ['k'],
          items: { type: 'object', properties: { k: { type: 'string' } } },
        },
      },
    },
  } as const;
  const config = { apiVersion: 'x.io/v1', kind: 'Widget', metadata: { name: 'w' }, l: [{}] };
  expect(failureOf(() => applyPatch(kind, undefined, config, options('a'))).message).toBe(
    `failed to create typed patch object (/w; x.io/v1, Kind=Widget): .l: element 0: associative list with keys has an element that omits all key fields ["k"] (and doesn't have default values for any key fields)`,
  );
});

test('items that are named twice are refused', () => {
  const config = widget({ tags: ['a', 'a'] });
  expect(failureOf(() => applyPatch(widgets, undefined, config, options('a'))).message).toMatch(
    /\.spec\.tags: duplicate entries for key \[="a"\]$/,
  );
});

test('an item that would lose its keys but not its place is refused', () => {
  const item = 'k:{"port":1,"protocol":"TCP"}';
  const ports = (fields: unknown): unknown => ({ 'f:spec': { 'f:ports': { [item]: fields } } });
  const common = { apiVersion: 'x.io/v1', fieldsType: 'FieldsV1' };
  const managedFields = [
    { ...common, manager: 'a', operation: 'Apply', fieldsV1: ports({ 'f:port': {}, 'f:name': {} }) },
    { ...common, manager: 'u', operation: 'Update', fieldsV1: ports({}) },
  ];
  const live = { ...widget({ ports: [{ port: 1, name: 'x' }] }), metadata: { name: 'w', managedFields } };
  const { status } = failureOf(() => applyPatch(widgets, live, widget({ color: 'red' }), options('a')));
  expect(status).toMatchObject({ code: 400, message: expect.stringMatching(/^failed to compare objects: /) });
});
