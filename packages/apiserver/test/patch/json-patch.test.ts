import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPatch, unknownPatchFields } from '../../src/patch/json-patch.ts';
import { ApiError } from '../../src/status/status.ts';

const rejection = {
  code: 422,
  reason: 'Invalid',
  message: 'the server rejected our request due to an error in our request',
  details: {},
};

function failureOf(run: () => unknown): ApiError['status'] {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError) return error.status;
    throw error;
  }
  throw new Error('it did not fail');
}

test('operations work on the outcome of those before', () => {
  const patch = [
    { op: 'add', path: '/data/b', value: '2' },
    { op: 'copy', from: '/data/b', path: '/data/c' },
    { op: 'move', from: '/data/a', path: '/data/d' },
    { op: 'test', path: '/data/c', value: '2' },
    { op: 'replace', path: '/data/c', value: '3' },
    { op: 'remove', path: '/data/b' },
  ];
  expect(jsonPatch({ data: { a: '1' } }, patch)).toEqual({ data: { c: '3', d: '1' } });
});

test('items are inserted, and appended with a dash', () => {
  const patch = [
    { op: 'add', path: '/l/1', value: 'x' },
    { op: 'add', path: '/l/-', value: 'y' },
    { op: 'add', path: '/l/-1', value: 'z' },
  ];
  expect(jsonPatch({ l: ['a', 'b'] }, patch)).toEqual({ l: ['a', 'x', 'b', 'y', 'z'] });
});

test('slashes and tildes in names are escaped', () => {
  const patch = [{ op: 'replace', path: '/metadata/annotations/a.b~1c~0d', value: 'x' }];
  expect(jsonPatch({ metadata: { annotations: { 'a.b/c~d': '1' } } }, patch)).toEqual({
    metadata: { annotations: { 'a.b/c~d': 'x' } },
  });
});

test.each([
  [[{ op: 'test', path: '/data/a', value: '2' }]],
  [[{ op: 'remove', path: '/data/b' }]],
  [[{ op: 'add', path: '/none/b', value: 1 }]],
  [[{ op: 'add', path: '/list/3', value: 1 }]],
  [[{ op: 'replace', path: '/list/1', value: 1 }]],
  [[{ op: 'move', from: '/data', path: '/data/a' }]],
  [[{ op: 'replace', path: '', value: 3 }]],
  [[{ op: 'replace', path: '', value: [] }]],
  [[{ op: 'remove', path: '' }]],
  [[{ op: 'add' }]],
  [[{ op: 'constructor', path: '/a' }]],
  [[null]],
])('%j is rejected', (patch) => {
  expect(failureOf(() => jsonPatch({ data: { a: '1' }, list: [0] }, patch))).toMatchObject(rejection);
});

test.each([
  [{ op: 'add' }, 'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp'],
  [[1], 'error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp'],
  [
    [{ op: 1 }],
    'error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string',
  ],
])('%j is no patch', (patch, message) => {
  expect(failureOf(() => jsonPatch({}, patch))).toMatchObject({ code: 400, reason: 'BadRequest', message });
});

test('more than 10,000 operations are too many', () => {
  const patch = Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/a' }));
  expect(failureOf(() => jsonPatch({}, patch))).toMatchObject({ code: 413, reason: 'RequestEntityTooLarge' });
});

test('copies may add up to 3 MiB', () => {
  const patch = Array.from({ length: 40 }, () => ({ op: 'copy', from: '/a', path: '/a/-' }));
  expect(failureOf(() => jsonPatch({ a: ['x'] }, patch))).toMatchObject(rejection);
});

test('__proto__ is a name like any other', () => {
  const patched = jsonPatch({ a: 1 }, [{ op: 'add', path: '/__proto__', value: { polluted: true } }]);
  expect(JSON.stringify(patched)).toBe('{"a":1,"__proto__":{"polluted":true}}');
  expect('polluted' in {}).toBe(false);
});

test('members that operations do not have are named', () => {
  expect(unknownPatchFields([{ op: 'add', path: '/a', valu: 1 }])).toEqual(['json patch unknown field "[0].valu"']);
});

test('neither object nor patch is changed', () => {
  const json = fc.jsonValue({ maxDepth: 2 });
  const operation = fc.record({
    op: fc.constantFrom('add', 'replace', 'copy', 'move'),
    path: fc.constantFrom('/a', '/a/0', '/b/-'),
    from: fc.constantFrom('/a', '/b'),
    value: json,
  });
  fc.assert(
    fc.property(fc.record({ a: json, b: json }), fc.array(operation), (object, patch) => {
      const before = JSON.stringify([object, patch]);
      try {
        jsonPatch(object, patch);
      } catch (error) {
        expect(error).toBeInstanceOf(ApiError);
      }
      expect(JSON.stringify([object, patch])).toBe(before);
    }),
  );
});
