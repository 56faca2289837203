import { type LocatedObject, loadManifests } from '@pullpath/api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type NodeFile, renderScope } from '../../src/index.ts';

interface Entry {
  readonly source: string;
  readonly mirrors: readonly string[];
  readonly mirrorSourcePolicy?: string;
}

const hosts = fc.constantFrom('quay.io', 'registry.example.com', 'a.example.com:5000', '*.example.com');
const path = fc.constantFrom('', '/ns', '/ns/app', '/other');
const source = fc.tuple(hosts, path).map(([host, rest]) => (host.startsWith('*') ? host : host + rest));
const mirror = fc.constantFrom('m1.corp', 'm2.corp:5000/x', 'm3.corp/y', 'quay.io', 'm1.corp/ns');
const entry: fc.Arbitrary<Entry> = fc.record({ source, mirrors: fc.uniqueArray(mirror, { maxLength: 3 }) });
const kind = fc.constantFrom('ImageDigestMirrorSet', 'ImageTagMirrorSet', 'ImageContentSourcePolicy');
const mirrorObject = fc
  .record({ kind, entries: fc.array(entry, { minLength: 1, maxLength: 4 }) })
  .map(({ kind: name, entries }) => ({ kind: name, entries }));

const lists: Readonly<Record<string, readonly [apiVersion: string, list: string]>> = {
  ImageDigestMirrorSet: ['config.openshift.io/v1', 'imageDigestMirrors'],
  ImageTagMirrorSet: ['config.openshift.io/v1', 'imageTagMirrors'],
  ImageContentSourcePolicy: ['operator.openshift.io/v1alpha1', 'repositoryDigestMirrors'],
};

type MirrorObject = { readonly kind: string; readonly entries: readonly Entry[] };

function documentOf({ kind: name, entries }: MirrorObject, index: number): string {
  const [apiVersion = '', list = ''] = lists[name] ?? [];
  return JSON.stringify({ apiVersion, kind: name, metadata: { name: `set-${index}` }, spec: { [list]: entries } });
}

function objectsOf(documents: readonly string[]): readonly LocatedObject[] {
  return loadManifests(documents.map((text, index) => ({ file: `${index}.yaml`, text }))).objects;
}

function filesOf(objects: readonly LocatedObject[]): readonly NodeFile[] {
  return renderScope(objects, { pool: 'worker' }).tree;
}

// The order of mirrors across objects is decided by their text alone, and sources are written by bytes.
test('node files do not depend on the order of objects', () => {
  const shuffled = fc
    .array(mirrorObject, { minLength: 2, maxLength: 6 })
    .map((objects) => objects.map(documentOf))
    .chain((documents) => fc.tuple(fc.constant(documents), shuffle(documents)));
  fc.assert(
    fc.property(shuffled, ([documents, others]) => {
      expect(filesOf(objectsOf(others))).toEqual(filesOf(objectsOf(documents)));
    }),
    { numRuns: 300 },
  );
});

test('node files do not depend on the order of the entries of an object', () => {
  const shuffled = mirrorObject.chain((object) =>
    shuffle(object.entries).map((entries) => [object, { ...object, entries }] as const),
  );
  fc.assert(
    fc.property(shuffled, ([object, other]) => {
      expect(filesOf(objectsOf([documentOf(other, 0)]))).toEqual(filesOf(objectsOf([documentOf(object, 0)])));
    }),
    { numRuns: 300 },
  );
});

test('node files do not depend on how objects are spread over files and documents', () => {
  fc.assert(
    fc.property(fc.array(mirrorObject, { minLength: 2, maxLength: 5 }), (objects) => {
      const documents = objects.map(documentOf);
      const list = `{"apiVersion": "v1", "kind": "List", "items": [${documents.join(',')}]}`;
      const apart = filesOf(objectsOf(documents));
      expect(filesOf(objectsOf([documents.join('\n---\n')]))).toEqual(apart);
      expect(filesOf(objectsOf([list]))).toEqual(apart);
    }),
    { numRuns: 200 },
  );
});

function shuffle<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
}
