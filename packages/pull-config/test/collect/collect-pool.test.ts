import { describeOrigin } from '@pullpath/api';
import { expect, test } from 'vitest';
import { collectRules } from '../../src/collect/index.ts';
import { brief, load, ruleLines } from './load.ts';

const mirrors = `apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata: {name: tags}
spec:
  imageTagMirrors:
  - {source: quay.io, mirrors: [m.example.com/quay], mirrorSourcePolicy: NeverContactSource}
---
apiVersion: operator.openshift.io/v1alpha1
kind: ImageContentSourcePolicy
metadata: {name: old}
spec:
  repositoryDigestMirrors:
  - {source: registry.redhat.io, mirrors: [m.example.com/old]}
---
apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata: {name: digests}
spec:
  imageDigestMirrors:
  - {source: registry.redhat.io, mirrors: [m.example.com/rh, n.example.com/rh]}
`;

test('a pool gets digest rules, then those of ICSPs, then tag rules, each with its place', () => {
  const { rules, diagnostics } = collectRules(load(mirrors), { pool: 'worker' });
  expect(diagnostics).toEqual([]);
  expect(ruleLines(rules.rules)).toEqual([
    'idms registry.redhat.io -> m.example.com/rh,n.example.com/rh @20',
    'icsp registry.redhat.io -> m.example.com/old @13',
    'itms quay.io -> m.example.com/quay (NeverContactSource) @6',
  ]);
});

test('a mirror object without rules still counts as one', () => {
  const text =
    'apiVersion: config.openshift.io/v1\nkind: ImageDigestMirrorSet\nmetadata: {name: a}\nspec: {imageDigestMirrors: []}\n';
  expect(collectRules(load(text), { pool: 'worker' }).rules).toMatchObject({ rules: [], hasMirrorObjects: true });
  expect(collectRules([], { pool: 'worker' }).rules.hasMirrorObjects).toBe(false);
});

test('mirror records of hosted clusters configure no pool', () => {
  const text = `apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata:
  name: my-cluster-image-tag-mirrors
  labels: {hypershift.openshift.io/mirror-scope: hosted}
spec:
  imageTagMirrors: [{source: quay.io, mirrors: [m.example.com]}]
`;
  expect(collectRules(load(text), { pool: 'worker' }).rules).toMatchObject({ rules: [], hasMirrorObjects: false });
});

test('registry sources keep absent and empty lists apart', () => {
  const text = `apiVersion: config.openshift.io/v1
kind: Image
metadata: {name: cluster}
spec:
  registrySources:
    insecureRegistries: []
    blockedRegistries: [evil.example.com]
`;
  const { registrySources } = collectRules(load(text), { pool: 'worker' }).rules;
  expect(registrySources.insecure).toEqual([]);
  expect(registrySources.allowed).toBeUndefined();
  expect(registrySources.blocked?.map(({ origin }) => describeOrigin(origin))).toEqual([
    {
      object: 'Image/cluster',
      path: 'spec.registrySources.blockedRegistries[0]',
      file: 'in.yaml',
      line: 7,
      column: 25,
    },
  ]);
});

test('an Image of another name has no effect, and a missing trusted CA is named', () => {
  const text = `apiVersion: config.openshift.io/v1
kind: Image
metadata:
  name: other
---
apiVersion: config.openshift.io/v1
kind: Image
metadata: {name: cluster}
spec:
  additionalTrustedCA:
    name: my-ca
`;
  expect(brief(collectRules(load(text), { pool: 'worker' }).diagnostics)).toEqual([
    'warning object-name-unread 4:9',
    'warning config-map-not-found 11:11',
  ]);
});

test('the release comes from the caller, else from the status of the ClusterVersion', () => {
  const text = `apiVersion: config.openshift.io/v1
kind: ClusterVersion
metadata: {name: version}
status:
  desired: {image: 'quay.io/ocp@sha256:${'1'.repeat(64)}', version: 4.20.1}
  history:
  - {state: Partial, version: 4.20.1}
  - {state: Completed, version: 4.19.3}
`;
  const found = collectRules(load(text), { pool: 'worker' });
  expect([found.rules.releaseImage?.image, found.version?.text]).toEqual([
    `quay.io/ocp@sha256:${'1'.repeat(64)}`,
    '4.19.3',
  ]);
  const given = collectRules(load(text), { pool: 'worker' }, { releaseImage: 'quay.io/ocp:4.21.0-ec.2-x86_64' });
  expect([given.rules.releaseImage?.image, given.version?.text]).toEqual([
    'quay.io/ocp:4.21.0-ec.2-x86_64',
    '4.21.0-ec.2',
  ]);
});

const runtimeConfigs = `apiVersion: machineconfiguration.openshift.io/v1
kind: ContainerRuntimeConfig
metadata: {name: for-infra}
spec: {machineConfigPoolSelector: {matchLabels: {custom: infra}}}
---
apiVersion: machineconfiguration.openshift.io/v1
kind: ContainerRuntimeConfig
metadata: {name: for-workers}
spec:
  machineConfigPoolSelector:
    matchExpressions:
    - {key: pools.operator.machineconfiguration.openshift.io/worker, operator: Exists}
---
apiVersion: machineconfiguration.openshift.io/v1
kind: ContainerRuntimeConfig
metadata: {name: for-nobody}
spec: {machineConfigPoolSelector: {}}
---
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfigPool
metadata: {name: infra, labels: {custom: infra}}
`;

test.each([
  ['worker', ['for-workers']],
  ['master', []],
  ['infra', ['for-workers', 'for-infra']],
])('the pool %s takes the ContainerRuntimeConfigs that select it, a custom one those of worker too', (pool, names) => {
  const { containerRuntimeConfigs } = collectRules(load(runtimeConfigs), { pool }).rules;
  expect(containerRuntimeConfigs.map(({ object }) => object.metadata.name)).toEqual(names);
});

test('a pool that is neither built in nor declared is refused with the pools there are', () => {
  const [diagnostic] = collectRules(load(runtimeConfigs), { pool: 'gpu' }).diagnostics;
  expect(diagnostic).toMatchObject({
    code: 'pool-not-found',
    severity: 'error',
    expected: 'one of master, worker, arbiter, infra',
  });
});

test('an install-config gives rules, the pull secret and the trust bundle', () => {
  const text = `apiVersion: v1
baseDomain: example.com
metadata: {name: a}
imageDigestSources:
- {source: quay.io/a, mirrors: [m.example.com/a], sourcePolicy: NeverContactSource}
additionalTrustBundle: PEM
pullSecret: '{"auths":{}}'
`;
  const { rules } = collectRules(load(text), { pool: 'master' });
  expect(ruleLines(rules.rules)).toEqual(['idms quay.io/a -> m.example.com/a (NeverContactSource) @5']);
  expect(rules.trustBundle?.pem).toBe('PEM');
  expect(rules.pullSecret?.object).toMatchObject({ stringData: { '.dockerconfigjson': '{"auths":{}}' } });
});

test('image mirrors of the OCM API are digest rules', () => {
  const text =
    'apiVersion: clusters_mgmt/v1\nkind: ImageMirror\ntype: digest\nsource: quay.io\nmirrors: [m.example.com]\n';
  expect(ruleLines(collectRules(load(text), { pool: 'worker' }).rules.rules)).toEqual([
    'idms quay.io -> m.example.com @1',
  ]);
});

test('an object that comes again replaces the earlier one and both are named', () => {
  const twice = `${mirrors}---\n${mirrors.replace('m.example.com/quay', 'new.example.com')}`;
  const { rules, diagnostics } = collectRules(load(twice), { pool: 'worker' });
  expect(rules.rules.at(-1)?.mirrors).toEqual(['new.example.com']);
  expect(diagnostics.map(({ code, related }) => [code, related?.[0]?.at?.start.line])).toEqual([
    ['object-redefined', 3],
    ['object-redefined', 10],
    ['object-redefined', 17],
  ]);
});
