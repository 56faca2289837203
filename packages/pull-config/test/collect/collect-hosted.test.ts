import { expect, test } from 'vitest';
import { collectRules } from '../../src/collect/index.ts';
import { brief, load, ruleLines } from './load.ts';

const scope = { hostedCluster: { namespace: 'clusters', name: 'c' }, nodePool: 'np' };

function hostedCluster(spec: string): string {
  return `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata: {name: c, namespace: clusters}
spec:
  release: {image: 'quay.io/ocp:4.21.0-x86_64'}
${spec}`;
}

const mirrorMap = `---
apiVersion: v1
kind: ConfigMap
metadata: {name: mirrors, namespace: clusters}
data:
  idms.yaml: |
    apiVersion: config.openshift.io/v1
    kind: ImageDigestMirrorSet
    metadata: {name: d}
    spec:
      imageDigestMirrors:
      - {source: quay.io, mirrors: [map.example.com]}
  itms.yaml: |
    apiVersion: config.openshift.io/v1
    kind: ImageTagMirrorSet
    metadata: {name: t}
    spec:
      imageTagMirrors:
      - {source: quay.io, mirrors: [map.example.com]}
`;

const nodePool = `---
apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: np, namespace: clusters}
spec:
  clusterName: c
  config: [{name: pool}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: pool, namespace: clusters}
data:
  config: |
    apiVersion: config.openshift.io/v1
    kind: ImageTagMirrorSet
    metadata: {name: t}
    spec:
      imageTagMirrors:
      - {source: quay.io, mirrors: [pool.example.com]}
    ---
    apiVersion: operator.openshift.io/v1alpha1
    kind: ImageContentSourcePolicy
    metadata: {name: d}
    spec:
      repositoryDigestMirrors:
      - {source: quay.io, mirrors: [pool.example.com]}
`;

test('contributions come in their order of precedence: inline, ConfigMap, NodePool', () => {
  const cluster = hostedCluster(`  imageMirrorConfigRef: {name: mirrors}
  imageTagMirrorSet: [{source: quay.io, mirrors: [inline.example.com]}]
  imageContentSources: [{source: quay.io, mirrors: [ics.example.com]}]
`);
  const { rules, diagnostics } = collectRules(load(cluster + mirrorMap + nodePool), scope);
  expect(diagnostics).toEqual([]);
  expect(ruleLines(rules.rules)).toEqual([
    'idms quay.io -> ics.example.com @8',
    'idms quay.io -> map.example.com @20',
    'icsp quay.io -> pool.example.com @53',
    'itms quay.io -> inline.example.com @7',
    'itms quay.io -> map.example.com @27',
    'itms quay.io -> pool.example.com @46',
  ]);
});

test('objects of the management cluster do not reach hosted nodes', () => {
  const idms = `---
apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata: {name: d}
spec: {imageDigestMirrors: [{source: quay.io, mirrors: [mgmt.example.com]}]}
`;
  expect(collectRules(load(hostedCluster('') + idms), scope).rules.rules).toEqual([]);
});

test('a ConfigMap of another namespace is not found', () => {
  const text = hostedCluster('  imageMirrorConfigRef: {name: mirrors}\n') + mirrorMap.replace('clusters}', 'other}');
  expect(brief(collectRules(load(text), scope).diagnostics)).toEqual(['error config-map-not-found 6:32']);
});

test('below 4.21 the field is refused while the ConfigMap only loses its tag rules', () => {
  const text =
    hostedCluster(
      '  imageMirrorConfigRef: {name: mirrors}\n  imageTagMirrorSet: [{source: a.io, mirrors: [b.io]}]\n',
    ).replace('4.21.0', '4.20.5') + mirrorMap;
  const { rules, diagnostics } = collectRules(load(text), scope);
  expect(brief(diagnostics)).toEqual(['error release-unsupported 7:22', 'warning release-unsupported 26:9']);
  expect(diagnostics[0]?.message).toContain('4.21.0, this one runs 4.20.5');
  expect(ruleLines(rules.rules)).toEqual(['idms quay.io -> map.example.com @19']);
});

test('the minimum for tag rules can be lowered', () => {
  const text = hostedCluster('  imageTagMirrorSet: [{source: a.io, mirrors: [b.io]}]\n').replace('4.21.0', '4.20.5');
  const { rules, diagnostics } = collectRules(load(text), scope, { tagMirrorMinVersion: '4.20.0' });
  expect([brief(diagnostics), rules.rules.length]).toEqual([[], 1]);
});

test('a pre-release counts as its release, an unknown release is assumed to do', () => {
  const tags = '  imageTagMirrorSet: [{source: a.io, mirrors: [b.io]}]\n';
  const nightly = hostedCluster(tags).replace('4.21.0-x86_64', '4.21.0-0.nightly-2026-01-01-000000');
  expect(collectRules(load(nightly), scope).diagnostics).toEqual([]);
  const digest = hostedCluster(tags).replace(':4.21.0-x86_64', `@sha256:${'a'.repeat(64)}`);
  const { rules, diagnostics } = collectRules(load(digest), scope);
  expect([brief(diagnostics), rules.rules.length]).toEqual([['warning release-version-unknown 6:23'], 1]);
  expect(diagnostics[0]?.hint).toContain('keeps its last good mirrors');
});

test('before 4.13 digest rules are those of an ICSP and lose their policy with a warning', () => {
  const never = mirrorMap.replace('[map.example.com]}', '[map.example.com], mirrorSourcePolicy: NeverContactSource}');
  const text = hostedCluster('  imageMirrorConfigRef: {name: mirrors}\n').replace('4.21.0', '4.12.9') + never;
  const { rules, diagnostics } = collectRules(load(text), scope);
  expect(ruleLines(rules.rules)).toEqual(['icsp quay.io -> map.example.com @18']);
  expect(brief(diagnostics)).toEqual(['warning mirror-policy-dropped 18:9', 'warning release-unsupported 25:9']);
});

test('an ImageTagMirrorSet of a NodePool needs nodes of 4.13', () => {
  const pool = nodePool.replace(
    '  clusterName: c',
    "  clusterName: c\n  release: {image: 'quay.io/ocp:4.12.0-x86_64'}",
  );
  expect(brief(collectRules(load(hostedCluster('') + pool), scope).diagnostics)).toEqual([
    'error release-unsupported 21:11',
  ]);
});

test.each([
  ['a key that is not read', 'config: |', 'itms.yaml: |', ['error config-map-key-missing 18:3']],
  [
    'a kind that is not accepted',
    'kind: ImageTagMirrorSet',
    'kind: Deployment',
    ['error node-pool-config-invalid 20:11'],
  ],
  ['text that is no YAML', 'metadata: {name: t}', 'metadata: {name: t', ['error yaml-syntax 21:15']],
])('a NodePool ConfigMap with %s is refused at its place', (_, from, to, expected) => {
  const text = hostedCluster('') + nodePool.replace(from, to);
  const { rules, diagnostics } = collectRules(load(text), scope);
  expect(brief(diagnostics)).toEqual(expected);
  expect(rules.rules).toEqual([]);
});

test('a NodePool ConfigMap that is missing is named where the NodePool names it', () => {
  const text = hostedCluster('') + nodePool.replace('name: pool,', 'name: other,');
  expect(brief(collectRules(load(text), scope).diagnostics)).toEqual(['error config-map-not-found 12:19']);
});

test('configuration.image gives registry sources, trusted CA, pull secret and trust bundle are looked up', () => {
  const text = hostedCluster(`  configuration:
    image:
      additionalTrustedCA: {name: ca}
      registrySources: {insecureRegistries: [i.example.com]}
  pullSecret: {name: ps}
  additionalTrustBundle: {name: bundle}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ca, namespace: clusters}
data: {m.example.com..5000: PEM}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: bundle, namespace: clusters}
data: {ca-bundle.crt: BUNDLE}
---
apiVersion: v1
kind: Secret
metadata: {name: ps, namespace: clusters}
`);
  const { rules, diagnostics } = collectRules(load(text), scope);
  expect(diagnostics).toEqual([]);
  expect(rules.registrySources.insecure?.map((rule) => rule.scope)).toEqual(['i.example.com']);
  expect(rules.trustedCA?.object.metadata.name).toBe('ca');
  expect(rules.pullSecret?.object.metadata.name).toBe('ps');
  expect(rules.trustBundle?.pem).toBe('BUNDLE');
});

test('unknown names list what there is', () => {
  const objects = load(hostedCluster('') + nodePool);
  const cluster = collectRules(objects, { ...scope, hostedCluster: { namespace: 'clusters', name: 'x' } });
  expect(cluster.diagnostics[0]).toMatchObject({ code: 'hosted-cluster-not-found', expected: 'one of clusters/c' });
  const pool = collectRules(objects, { ...scope, nodePool: 'x' });
  expect(pool.diagnostics[0]).toMatchObject({ code: 'node-pool-not-found', expected: 'one of np' });
});

test('a HostedCluster without any NodePool object can be asked for a pool of any name', () => {
  const text = hostedCluster('  imageContentSources: [{source: a.io, mirrors: [b.io]}]\n');
  const { rules, diagnostics } = collectRules(load(text), { ...scope, nodePool: 'workers' });
  expect([diagnostics, rules.rules.length]).toEqual([[], 1]);
});

test('an invalid imageTagMirrorSet is ignored as a whole', () => {
  const text = hostedCluster(
    '  imageTagMirrorSet:\n  - {source: a.io, mirrors: [b.io]}\n  - {source: a.io, mirrors: []}\n',
  );
  const { rules, diagnostics } = collectRules(load(text), scope);
  expect(rules.rules).toEqual([]);
  expect(diagnostics.every(({ severity }) => severity === 'error')).toBe(true);
  expect(diagnostics.map(({ message }) => message).join('\n')).toContain('at least one mirror must be specified');
});
