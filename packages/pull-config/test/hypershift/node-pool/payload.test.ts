import { expect, test } from 'vitest';
import { renderNodePoolPayload } from '../../../src/hypershift/index.ts';
import { load } from '../../collect/load.ts';

const scope = { hostedCluster: { namespace: 'clusters', name: 'c' }, nodePool: 'np' };

function cluster(spec: string): string {
  return `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata: {name: c, namespace: clusters}
spec:
  release: {image: 'quay.io/ocp:4.21.0-x86_64'}
  pullSecret: {name: ps}
${spec}`;
}

test('the mirrors of the cluster are two canonical objects, the documents of the pool keep their text', () => {
  const text = cluster(`  imageContentSources: [{source: quay.io, mirrors: [m.io]}, {source: empty.io}]
  imageTagMirrorSet: [{source: quay.io, mirrors: [m.io], mirrorSourcePolicy: NeverContactSource}]
---
apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: np, namespace: clusters}
spec: {clusterName: c, config: [{name: pool}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: pool, namespace: clusters}
data:
  config: |
    apiVersion: config.openshift.io/v1
    kind: ImageTagMirrorSet
    metadata: {name:   pool}
`);
  const { raw, hashes, diagnostics } = renderNodePoolPayload(load(text), scope);
  expect(diagnostics).toEqual([]);
  expect(raw).toBe(`apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata:
  creationTimestamp: null
  labels:
    machineconfiguration.openshift.io/role: worker
  name: cluster
spec:
  imageDigestMirrors:
  - mirrors:
    - m.io
    source: quay.io
  - source: empty.io
status: {}

---
apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata:
  creationTimestamp: null
  labels:
    machineconfiguration.openshift.io/role: worker
  name: cluster
spec:
  imageTagMirrors:
  - mirrorSourcePolicy: NeverContactSource
    mirrors:
    - m.io
    source: quay.io
status: {}

---
apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata: {name:   pool}
`);
  expect(hashes).toEqual({
    hash: expect.stringMatching(/^[0-9a-f]{8}$/),
    hashWithoutVersion: expect.stringMatching(/^[0-9a-f]{8}$/),
  });
});

test('the name of the mirror ConfigMap and its comments do not move nodes', () => {
  const map = (name: string, comment: string): string => `---
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: clusters}
data:
  idms.yaml: |
    ${comment}
    apiVersion: config.openshift.io/v1
    kind: ImageDigestMirrorSet
    metadata: {name: d}
    spec: {imageDigestMirrors: [{source: quay.io, mirrors: [m.io]}]}
`;
  const payload = (name: string, comment: string): unknown =>
    renderNodePoolPayload(load(cluster(`  imageMirrorConfigRef: {name: ${name}}\n`) + map(name, comment)), scope)
      .hashes;
  expect(payload('one', '# a')).toEqual(payload('two', '# b'));
});

test('core ConfigMaps of the control plane enter the text, the old mirrors do not', () => {
  const core = (name: string): string => `---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: clusters-c
  labels: {hypershift.openshift.io/core-ignition-config: "true"}
data:
  config: |
    apiVersion: config.openshift.io/v1
    kind: ImageDigestMirrorSet
    metadata: {name: ${name}}
`;
  const text = cluster('') + core('ignition-config-fips') + core('ignition-config-40-image-content-source');
  expect(renderNodePoolPayload(load(text), scope).raw).toBe(
    'apiVersion: config.openshift.io/v1\nkind: ImageDigestMirrorSet\nmetadata: {name: ignition-config-fips}\n',
  );
});

test('refused input gives no text', () => {
  const { raw, diagnostics } = renderNodePoolPayload(load(cluster('  imageMirrorConfigRef: {name: gone}\n')), scope);
  expect([raw, diagnostics[0]?.code]).toEqual([undefined, 'config-map-not-found']);
});
