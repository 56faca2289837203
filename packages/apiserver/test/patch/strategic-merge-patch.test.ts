import { expect, test } from 'vitest';
import { builtInPatchType } from '../../src/patch/strategic/built-in-types.ts';
import { strategicMergePatch } from '../../src/patch/strategic-merge-patch.ts';

const pod = builtInPatchType({ group: '', kind: 'Pod' });
const configMap = builtInPatchType({ group: '', kind: 'ConfigMap' });

test('containers are told apart by name and come in the order of the patch', () => {
  const object = {
    spec: {
      containers: [
        { name: 'a', image: '1' },
        { name: 'b', image: '1' },
      ],
    },
  };
  const patch = {
    spec: {
      containers: [
        { name: 'c', image: '1' },
        { name: 'a', image: '2' },
      ],
    },
  };
  expect(strategicMergePatch(object, patch, pod)).toEqual({
    spec: {
      containers: [
        { name: 'c', image: '1' },
        { name: 'a', image: '2' },
        { name: 'b', image: '1' },
      ],
    },
  });
});

test('null removes a member', () => {
  expect(
    strategicMergePatch({ spec: { unschedulable: true, a: 1 } }, { spec: { unschedulable: null } }, configMap),
  ).toEqual({ spec: { a: 1 } });
});

test('tolerations are replaced', () => {
  const object = { spec: { tolerations: [{ key: 'a' }] } };
  expect(strategicMergePatch(object, { spec: { tolerations: [{ key: 'b' }] } }, pod)).toEqual({
    spec: { tolerations: [{ key: 'b' }] },
  });
});

test('the selector of a PodDisruptionBudget is replaced', () => {
  const type = builtInPatchType({ group: 'policy', kind: 'PodDisruptionBudget' });
  const object = { spec: { selector: { matchLabels: { a: 'b' } } } };
  const patch = { spec: { selector: { matchLabels: { c: 'd' } } } };
  expect(strategicMergePatch(object, patch, type)).toEqual(patch);
});

test('finalizers are joined', () => {
  const patch = { metadata: { finalizers: ['b', 'c'] } };
  expect(strategicMergePatch({ metadata: { finalizers: ['a', 'b'] } }, patch, configMap)).toEqual({
    metadata: { finalizers: ['a', 'b', 'c'] },
  });
});

test('$patch: delete takes out an item', () => {
  const object = { spec: { containers: [{ name: 'a' }, { name: 'b' }] } };
  const patch = { spec: { containers: [{ name: 'a', $patch: 'delete' }] } };
  expect(strategicMergePatch(object, patch, pod)).toEqual({ spec: { containers: [{ name: 'b' }] } });
});

test('$patch: replace replaces the whole list', () => {
  const object = { spec: { containers: [{ name: 'a' }, { name: 'b' }] } };
  const patch = { spec: { containers: [{ name: 'c' }, { $patch: 'replace' }] } };
  expect(strategicMergePatch(object, patch, pod)).toEqual({ spec: { containers: [{ name: 'c' }] } });
});

test('$patch in a map replaces or empties it', () => {
  const object = { data: { a: '1' }, spec: { b: 1 } };
  const patch = { data: { c: '2', $patch: 'replace' }, spec: { $patch: 'delete' } };
  expect(strategicMergePatch(object, patch, configMap)).toEqual({ data: { c: '2' }, spec: {} });
});

test('$deleteFromPrimitiveList takes scalars out', () => {
  const patch = { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } };
  expect(strategicMergePatch({ metadata: { finalizers: ['a', 'b'] } }, patch, configMap)).toEqual({
    metadata: { finalizers: ['b'] },
  });
});

test('$setElementOrder orders items, those it does not name keep their neighbours', () => {
  const object = { spec: { containers: [{ name: 'a' }, { name: 'x' }, { name: 'b' }] } };
  const patch = { spec: { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] } };
  expect(strategicMergePatch(object, patch, pod)).toEqual({
    spec: { containers: [{ name: 'x' }, { name: 'b' }, { name: 'a' }] },
  });
});

test('$retainKeys removes the other members', () => {
  const object = { spec: { volumes: [{ name: 'v', emptyDir: {} }] } };
  const patch = { spec: { volumes: [{ name: 'v', $retainKeys: ['name', 'configMap'], configMap: { name: 'c' } }] } };
  expect(strategicMergePatch(object, patch, pod)).toEqual({
    spec: { volumes: [{ name: 'v', configMap: { name: 'c' } }] },
  });
});

test.each([
  [{ $patch: 'x' }, 'unknown patch type: x in map: map[$patch:x]'],
  [{ metadata: { ownerReferences: [{ name: 'q' }] } }, 'map: map[name:q] does not contain declared merge key: uid'],
  [{ metadata: { finalizers: [1] } }, 'list element types are not identical: [[a] [1]]'],
  [{ metadata: { finalizers: [[1]] } }, 'list element types are not identical: [[a] [[1]]]'],
  [{ metadata: { '$setElementOrder/finalizers': 'x' } }, 'expected a []interface {}, but received a string'],
  [{ metadata: { $setElementOrderfinalizers: [] } }, 'invalid patch format of setElementOrder list'],
  [{ metadata: { $deleteFromPrimitiveListfinalizers: [] } }, 'invalid patch format of primitive list'],
  [{ $retainKeys: 'a' }, 'invalid patch format of retainKeys'],
  [{ $retainKeys: ['a'], data: {} }, 'invalid patch format of retainKeys'],
  [
    { metadata: { '$setElementOrder/finalizers': ['x'], finalizers: ['y'] } },
    "The order in patch list:\n[y]\n doesn't match $setElementOrder list:\n[x]\n",
  ],
  [[1], 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
])('%j is refused', (patch, message) => {
  expect(() =>
    strategicMergePatch({ metadata: { finalizers: ['a'], ownerReferences: [{ uid: 'u' }] } }, patch, configMap),
  ).toThrow(message);
});

test('items that are maps cannot order a list without merge key', () => {
  const type = builtInPatchType({ group: '', kind: 'ServiceAccount' });
  const patch = { '$setElementOrder/imagePullSecrets': [{ name: 'a' }], imagePullSecrets: [{ name: 'a' }] };
  expect(() => strategicMergePatch({ imagePullSecrets: [{ name: 'b' }] }, patch, type)).toThrow(
    'cannot tell list items apart by map[name:a]',
  );
});

test('neither object nor patch is changed', () => {
  const object = { spec: { containers: [{ name: 'a', env: [{ name: 'x', value: '1' }] }] } };
  const patch = {
    spec: {
      containers: [
        {
          name: 'a',
          env: [
            { name: 'x', value: '2' },
            { name: 'y', $patch: 'delete' },
          ],
        },
      ],
    },
  };
  const before = JSON.stringify([object, patch]);
  strategicMergePatch(object, patch, pod);
  expect(JSON.stringify([object, patch])).toBe(before);
});

test('a list of 20,000 items is merged in time that grows with its length', () => {
  const items = Array.from({ length: 20_000 }, (_, index) => ({ name: `c${index}`, image: '1' }));
  const patched = strategicMergePatch(
    { spec: { containers: items } },
    { spec: { containers: items.toReversed() } },
    pod,
  );
  expect((patched['spec'] as { containers: unknown[] }).containers).toHaveLength(20_000);
});
