import { loadManifests } from '@pullpath/api';
import { compareNodeFiles, migrateIcsp } from '@pullpath/pull-config';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const policy = `apiVersion: operator.openshift.io/v1alpha1
kind: ImageContentSourcePolicy
metadata:
  name: a
  uid: u
  resourceVersion: "7"
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: "{}"
spec:
  repositoryDigestMirrors:
  - source: quay.io/ns
    mirrors: [m.corp:5000/ns, m2.corp/ns]
`;

test('the output is one byte-stable file with sorted keys and without what the server wrote', () => {
  const { files } = migrateIcsp([{ file: 'a.yaml', text: policy }]);
  expect(files.map(({ name, text }) => ({ name, text }))).toEqual([
    {
      name: 'imagedigestmirrorset_a.1738312967.yaml',
      text: `apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata:
    name: a
spec:
    imageDigestMirrors:
        - mirrors:
            - m.corp:5000/ns
            - m2.corp/ns
          source: quay.io/ns
`,
    },
  ]);
});

test('server fields but the creation time stay when they are asked for', () => {
  const { files } = migrateIcsp([{ file: 'a.yaml', text: policy }], { serverFields: 'keep' });
  expect(files[0]?.objects[0]?.metadata).toMatchObject({ uid: 'u', resourceVersion: '7' });
});

test('one broken file does not stop another, and nothing comes of the broken one', () => {
  const broken = `${policy}---\nkind: ImageContentSourcePolicy\n`;
  const { files, diagnostics } = migrateIcsp([
    { file: 'bad.yaml', text: broken },
    { file: 'good.yaml', text: policy },
  ]);
  expect(files.map(({ from }) => from)).toEqual(['good.yaml']);
  expect(diagnostics.map(({ message, at }) => [message.slice(0, 55), at?.start.line])).toEqual([
    ['error decoding ImageContentSourcePolicy from bad.yaml: ', 14],
  ]);
});

test('an empty file and a file without a policy are errors, unless the file may hold none', () => {
  const other = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n';
  const { diagnostics } = migrateIcsp([
    { file: 'empty.yaml', text: '' },
    { file: 'other.yaml', text: other },
    { file: 'dir/other.yaml', text: other, optional: true },
  ]);
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['icsp-no-data', 'no data found in ImageContentSourceFile empty.yaml'],
    ['icsp-missing', 'could not decode ImageContentSourcePolicy from other.yaml: it holds ConfigMap'],
  ]);
});

test('every wrong field is reported at its place', () => {
  const text = policy
    .replace('mirrors: [m.corp:5000/ns, m2.corp/ns]', 'mirrors: [1, [x]]')
    .replace('quay.io/ns', '{a: b}');
  const { files, diagnostics } = migrateIcsp([{ file: 'a.yaml', text }]);
  expect(files).toEqual([]);
  expect(diagnostics.map(({ message, at }) => [message.split(': ')[1], at?.start.line, at?.start.column])).toEqual([
    ['source is not a string', 11, 13],
    ['a mirror is not a string', 12, 15],
    ['a mirror is not a string', 12, 18],
  ]);
});

test('a name that is no file name is refused', () => {
  const { files, diagnostics } = migrateIcsp([
    { file: 'a.yaml', text: policy.replace('name: a', 'name: ../../etc/x') },
  ]);
  expect(files).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['icsp-name-invalid']);
});

test('equal sources of two policies are kept and reported with both places', () => {
  const { diagnostics } = migrateIcsp([
    { file: 'a.yaml', text: policy },
    { file: 'b.yaml', text: policy.replace('name: a', 'name: b') },
  ]);
  expect(diagnostics).toMatchObject([
    {
      code: 'icsp-equal-source',
      severity: 'info',
      message: 'quay.io/ns is also a source in ImageContentSourcePolicy/a',
      at: { file: 'b.yaml', start: { line: 11 } },
      related: [{ at: { file: 'a.yaml', start: { line: 11 } } }],
    },
  ]);
});

test('two outputs never have the same name', () => {
  const { files } = migrateIcsp([
    { file: 'a.yaml', text: policy },
    { file: 'copy.yaml', text: policy },
  ]);
  expect(new Set(files.map(({ name }) => name)).size).toBe(2);
});

test('nodes get the same files from the migrated objects', () => {
  const host = fc.constantFrom('quay.io', 'm.corp:5000', 'a.example.com', 'registry.redhat.io');
  const repository = fc.tuple(host, fc.constantFrom('', '/ns', '/ns/app', '/x')).map(([name, path]) => name + path);
  const entry = fc.record({ source: repository, mirrors: fc.array(repository, { maxLength: 4 }) });
  fc.assert(
    fc.property(fc.array(fc.array(entry, { maxLength: 5 }), { minLength: 1, maxLength: 3 }), (policies) => {
      const text = policies.map((entries, index) => JSON.stringify(icsp(`p${index}`, entries))).join('\n---\n');
      const { files, migrated } = migrateIcsp([{ file: 'in.yaml', text }]);
      const after = loadManifests(files.map((file) => ({ file: file.name, text: file.text }))).objects;
      expect(compareNodeFiles(migrated, after, { pool: 'worker' })).toEqual({
        equal: true,
        changes: [],
        diagnostics: [],
      });
    }),
    { numRuns: 200 },
  );
});

function icsp(name: string, repositoryDigestMirrors: readonly object[]): object {
  return {
    apiVersion: 'operator.openshift.io/v1alpha1',
    kind: 'ImageContentSourcePolicy',
    metadata: { name },
    spec: { repositoryDigestMirrors },
  };
}
