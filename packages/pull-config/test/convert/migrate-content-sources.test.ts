import { fromObject, type LocatedObject, loadManifests, valueAt } from '@pullpath/api';
import { compareNodeFiles, migrateContentSources, migrateInstallConfig } from '@pullpath/pull-config';
import { expect, test } from 'vitest';

const release = 'release: {image: "quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64"}';

const cluster = `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata: {name: c1, namespace: clusters, uid: u}
spec:
  ${release}
  imageContentSources:
  - source: quay.io/ns
    mirrors: [m.corp/ns]
status: {}
`;

const nodePool = (name: string, config: string): string => `---
apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: ${name}, namespace: clusters}
spec:
  clusterName: c1
  ${release}
${config}`;

const tags = `---
apiVersion: v1
kind: ConfigMap
metadata: {name: tags, namespace: clusters}
data:
  config: |
    apiVersion: config.openshift.io/v1
    kind: ImageTagMirrorSet
    metadata:
      name: t1
    spec:
      imageTagMirrors:
      - source: quay.io/ns
        mirrors: [m.corp/ns]
`;

test('imageContentSources move into a new ConfigMap that the HostedCluster names', () => {
  const { text, diagnostics } = migrateContentSources(objectsOf(cluster));
  expect(diagnostics).toEqual([]);
  expect(text).toBe(`apiVersion: v1
data:
    idms.yaml: |
        apiVersion: config.openshift.io/v1
        kind: ImageDigestMirrorSet
        metadata:
            name: content-sources
        spec:
            imageDigestMirrors:
                - mirrors:
                    - m.corp/ns
                  source: quay.io/ns
kind: ConfigMap
metadata:
    name: c1-image-mirrors
    namespace: clusters
---
apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata:
    name: c1
    namespace: clusters
spec:
    imageMirrorConfigRef:
        name: c1-image-mirrors
    release:
        image: quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64
`);
});

test('tag mirrors that every NodePool has move too, and nodes keep their files', () => {
  const before = objectsOf(cluster + nodePool('np1', '  config: [{name: tags}]\n') + tags);
  const migration = migrateContentSources(before);
  expect(migration.unused).toEqual(['clusters/tags']);
  expect(migration.diagnostics.map(({ code }) => code)).toEqual(['content-sources-version']);
  const scope = { hostedCluster: { namespace: 'clusters', name: 'c1' }, nodePool: 'np1' };
  expect(compareNodeFiles(before, applied(before, migration.objects), scope)).toEqual({
    equal: true,
    changes: [],
    diagnostics: [],
  });
});

test('tag mirrors that not every NodePool has stay, unless they may be widened', () => {
  const before = objectsOf(cluster + nodePool('np1', '  config: [{name: tags}]\n') + nodePool('np2', '') + tags);
  const careful = migrateContentSources(before);
  expect(careful.objects.map(({ kind }) => kind)).toEqual(['ConfigMap', 'HostedCluster']);
  expect(careful.diagnostics.map(({ message }) => message)).toEqual([
    'the tag mirrors of ConfigMap/clusters/tags stay, they would reach NodePool/clusters/np2 too',
  ]);
  const widened = migrateContentSources(before, { widen: true });
  expect(widened.objects.map(({ kind }) => kind)).toEqual(['ConfigMap', 'HostedCluster', 'NodePool']);
});

test('a ConfigMap that is named already is extended, older digest rules in front', () => {
  const named = cluster.replace('status: {}\n', '  imageMirrorConfigRef: {name: mirrors}\n');
  const unified = `---
apiVersion: v1
kind: ConfigMap
metadata: {name: mirrors, namespace: clusters}
data:
  idms.yaml: |
    # by hand
    apiVersion: config.openshift.io/v1
    kind: ImageDigestMirrorSet
    metadata: {name: content-sources}
    spec: {imageDigestMirrors: []}
`;
  const [configMap] = migrateContentSources(objectsOf(named + unified)).objects;
  const text = String(valueAt(configMap, ['data', 'idms.yaml']));
  expect(
    text.startsWith(
      'apiVersion: config.openshift.io/v1\nkind: ImageDigestMirrorSet\nmetadata:\n    name: content-sources-2\n',
    ),
  ).toBe(true);
  expect(
    text.endsWith(
      '---\n# by hand\napiVersion: config.openshift.io/v1\nkind: ImageDigestMirrorSet\nmetadata: {name: content-sources}\nspec: {imageDigestMirrors: []}\n',
    ),
  ).toBe(true);
});

test('a ConfigMap that is named but not given stops the migration of its cluster', () => {
  const named = cluster.replace('status: {}\n', '  imageMirrorConfigRef: {name: mirrors}\n');
  const { objects, diagnostics } = migrateContentSources(objectsOf(named));
  expect(objects).toEqual([]);
  expect(diagnostics).toMatchObject([
    { code: 'content-sources-conflict', severity: 'error', at: { start: { line: 9 } } },
  ]);
});

test('install-config gets its key renamed, comments and quotes stay', () => {
  const text =
    'apiVersion: v1 # c\nbaseDomain: x\nmetadata: {name: a}\n"imageContentSources": # keep\n- {source: quay.io/a}\n';
  expect(migrateInstallConfig({ file: 'install-config.yaml', text })).toEqual({
    text: text.replace('imageContentSources', 'imageDigestSources'),
    diagnostics: [],
  });
});

test('install-config with both lists is an error', () => {
  const text = 'apiVersion: v1\nbaseDomain: x\nmetadata: {name: a}\nimageContentSources: []\nimageDigestSources: []\n';
  const { text: result, diagnostics } = migrateInstallConfig({ file: 'install-config.yaml', text });
  expect(result).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code: 'install-config-both-sources', at: { start: { line: 4 } } }]);
});

function objectsOf(text: string): readonly LocatedObject[] {
  return loadManifests([{ file: 'cluster.yaml', text }]).objects;
}

function applied(before: readonly LocatedObject[], changed: readonly LocatedObject['object'][]): LocatedObject[] {
  const isChanged = ({ object }: LocatedObject): boolean =>
    changed.some(({ kind, metadata }) => kind === object.kind && metadata.name === object.metadata.name);
  return [...before.filter((located) => !isChanged(located)), ...changed.map((object) => fromObject(object))];
}
