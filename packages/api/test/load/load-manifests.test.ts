import { expect, test } from 'vitest';
import { describeOrigin, installConfigKind, loadManifests } from '../../src/index.ts';

const idms = 'apiVersion: config.openshift.io/v1\nkind: ImageDigestMirrorSet\nmetadata: {name: a}\n';

function kindsOf(text: string): string[] {
  const { objects, diagnostics } = loadManifests([{ file: 'f.yaml', text }]);
  expect(diagnostics).toEqual([]);
  return objects.map(({ object }) => `${object.apiVersion} ${object.kind} ${object.metadata.name}`);
}

test('every document of a file is an object; blank and null ones are none', () => {
  expect(kindsOf(`---\n${idms}---\n# nothing\n---\nnull\n---\n${idms}...\n`)).toEqual([
    'config.openshift.io/v1 ImageDigestMirrorSet a',
    'config.openshift.io/v1 ImageDigestMirrorSet a',
  ]);
});

test('objects come in the order of the sources, each with its file', () => {
  const { objects } = loadManifests([
    { file: 'b.yaml', text: idms },
    { file: 'a.json', text: '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}}' },
  ]);
  expect(objects.map(({ object, source }) => [source?.file, object.kind])).toEqual([
    ['b.yaml', 'ImageDigestMirrorSet'],
    ['a.json', 'Secret'],
  ]);
});

test('a List is opened, also one in another, and an item takes kind and version of a typed list', () => {
  const text = `apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Secret, metadata: {name: a}}
- apiVersion: config.openshift.io/v1
  kind: ImageTagMirrorSetList
  items:
  - metadata: {name: b}
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
`;
  expect(kindsOf(text)).toEqual(['v1 Secret a', 'config.openshift.io/v1 ImageTagMirrorSet b', 'v1 ConfigMap c']);
});

test('an item of a List has its own paths and its place in the file', () => {
  const text = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata:\n    name: a\n';
  const [of] = loadManifests([{ file: 'f.yaml', text }]).objects;
  expect(describeOrigin({ of: of!, path: ['metadata', 'name'] })).toEqual({
    object: 'Secret/a',
    path: 'metadata.name',
    file: 'f.yaml',
    line: 7,
    column: 11,
  });
});

test('an install-config has no kind of its own and is given one', () => {
  const { objects, diagnostics } = loadManifests([
    { file: 'install-config.yaml', text: 'apiVersion: v1\nbaseDomain: example.com\nmetadata: {name: c}\n' },
  ]);
  expect(diagnostics).toEqual([]);
  expect(objects[0]?.object).toEqual({
    kind: installConfigKind,
    apiVersion: 'v1',
    baseDomain: 'example.com',
    metadata: { name: 'c' },
  });
});

test('the metadata of every object is a mapping', () => {
  const texts = ['', 'metadata:\n', 'metadata: []\n'].map((line) => `apiVersion: v1\nkind: A\n${line}`);
  const { objects } = loadManifests(texts.map((text) => ({ file: 'f.yaml', text })));
  expect(objects.map(({ object }) => object.metadata)).toEqual([{}, {}, {}]);
});

test('a fault in one document leaves the others', () => {
  const { objects, diagnostics } = loadManifests([{ file: 'f.yaml', text: `${idms}a: "\n---\n${idms}` }]);
  expect(objects).toHaveLength(1);
  expect(diagnostics).toHaveLength(1);
});

test('keys of the prototype are data', () => {
  const text = 'apiVersion: v1\nkind: A\n__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\n';
  const [located] = loadManifests([{ file: 'f.yaml', text }]).objects;
  expect(Object.keys(located!.object)).toContain('__proto__');
  expect(Object.getPrototypeOf(located!.object)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('more faults than shown are counted, and errors go before warnings', () => {
  const lines = Array.from({ length: 150 }, (_, index) => `  - {${index}: a, b: *x}`).join('\n');
  const { diagnostics } = loadManifests([{ file: 'f.yaml', text: `apiVersion: v1\nkind: A\nl:\n${lines}\n` }]);
  expect(diagnostics).toHaveLength(101);
  expect(diagnostics.at(-1)).toMatchObject({ code: 'too-many-diagnostics', message: 'and 50 more in this file' });
});

test('no word of a faulty line is repeated in a message', () => {
  const texts = [
    'a: "s3cret" s3cret\n',
    's3cret\nb: 1\n',
    'a: !!int s3cret\n',
    '  s3cret: [\n s3cret\n',
    'a: s3cret: s3cret\n',
    '"\\q s3cret"\n',
  ];
  const { diagnostics } = loadManifests(
    texts.map((text) => ({ file: 'f.yaml', text: `apiVersion: v1\nkind: A\n${text}` })),
  );
  expect(diagnostics.length).toBeGreaterThanOrEqual(texts.length);
  expect(JSON.stringify(diagnostics.map(({ message, hint }) => [message, hint]))).not.toContain('s3cret');
});

test('the image mirrors that the OCM API lists are objects named by their id', () => {
  const text = JSON.stringify({
    kind: 'ImageMirrorList',
    page: 1,
    size: 1,
    total: 1,
    items: [{ kind: 'ImageMirror', id: 'a1', type: 'digest', source: 'quay.io/ns', mirrors: ['m.example.com/ns'] }],
  });
  const { objects, diagnostics } = loadManifests([{ file: 'mirrors.json', text }]);
  expect(diagnostics).toEqual([]);
  expect(objects.map(({ object }) => [object.apiVersion, object.metadata.name, object['source']])).toEqual([
    ['clusters_mgmt/v1', 'a1', 'quay.io/ns'],
  ]);
});
