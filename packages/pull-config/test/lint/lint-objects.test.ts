import { loadManifests, validateObject } from '@pullpath/api';
import { expect, test } from 'vitest';
import { lintObjects } from '../../src/index.ts';
import { brief } from '../collect/load.ts';

function lint(text: string): readonly string[] {
  const { objects, diagnostics } = loadManifests([{ file: 'in.yaml', text }]);
  return brief(lintObjects(objects, [...diagnostics, ...objects.flatMap((object) => validateObject(object))]));
}

const mirrors = `apiVersion: v1
kind: ConfigMap
metadata: {name: mirrors, namespace: clusters}
data:
  idms.yaml: |
    apiVersion: config.openshift.io/v1
    kind: ImageDigestMirrorSet
    metadata: {name: digests}
    spec:
      imageDigestMirrors:
      - source: quay.io
        mirrors: [mirror.corp.example/quay]
  itms.yaml: |
    apiVersion: config.openshift.io/v1
    kind: ImageTagMirrorSet
    metadata: {name: tags}
    spec:
      imageTagMirrors:
      - source: quay.io/team
        mirrors: [mirror.corp.example/team]
        mirrorSourcePolicy: NeverContactSource
`;

function hostedCluster(...nodePools: readonly string[]): string {
  return `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata: {name: prod, namespace: clusters}
spec:
  release: {image: 'quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64'}
  platform: {type: None}
  imageMirrorConfigRef: {name: mirrors}
${nodePools.map(nodePool).join('')}`;
}

function nodePool(name: string): string {
  return `---
apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: ${name}, namespace: clusters}
spec:
  clusterName: prod
  replicas: 1
  release: {image: 'quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64'}
  management: {upgradeType: Replace}
  platform: {type: None}
`;
}

test('rules that meet in one ConfigMap are linted together without anything that names it', () => {
  expect(lint(mirrors)).toEqual(['warning never-contact-source-strands-digests 21:29']);
});

test('a trap that every NodePool of a cluster runs into is reported once', () => {
  const found = lint(`${mirrors}---\n${hostedCluster('a', 'b')}`);
  expect(found.filter((line) => line.includes('strands'))).toEqual([
    'warning never-contact-source-strands-digests 21:29',
  ]);
});

test('a mistake inside a ConfigMap that nothing names is reported at its line', () => {
  expect(lint(mirrors.replace('mirrorSourcePolicy:', 'mirrorSourcePolciy:'))).toContain('error field-unknown 21:9');
});

test('the ConfigMap of a NodePool is checked by itself too', () => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: tags}
data:
  config: |
    apiVersion: config.openshift.io/v1
    kind: ImageTagMirrorSet
    metadata: {name: tags}
    spec:
      imageTagMirrors:
      - source: quay.io/Team
        mirrors: [mirror.corp.example/team]
`;
  expect(lint(text)).toEqual(['error field-invalid 11:17']);
});

test('a ConfigMap that holds something else is left alone', () => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data:
  config: |
    colour: [red
`;
  expect(lint(text)).toEqual([]);
});

test('mirrors that only record those of a hosted cluster are linted with no other object', () => {
  const text = `apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata:
  name: cluster
  labels: {hypershift.openshift.io/mirror-scope: hosted}
spec:
  imageDigestMirrors:
  - source: quay.io
    mirrors: [mirror.corp.example/quay]
    mirrorSourcePolicy: NeverContactSource
`;
  expect(lint(text)).toEqual([]);
});

test('a source in a HostedCluster and again in its mirror ConfigMap is a warning', () => {
  const cluster = hostedCluster('a').replace(
    'imageMirrorConfigRef',
    `imageContentSources:
  - source: quay.io
    mirrors: [mirror.corp.example/quay]
  imageMirrorConfigRef`,
  );
  expect(lint(`${mirrors}---\n${cluster}`)).toContain('warning duplicate-source 11:17');
});
