import { loadManifests } from '@pullpath/api';
import { collectRules, diffRules, type RuleSet } from '@pullpath/pull-config';
import { expect, test } from 'vitest';

test('a source that gets a mirror, loses one and changes its policy is one change with all details', () => {
  const before = digestSet('quay.io', 'a.corp, b.corp', '');
  const after = digestSet('quay.io', 'b.corp, c.corp', 'NeverContactSource');
  expect(diffRules(rulesOf(before), rulesOf(after))).toMatchObject([
    {
      change: 'changed',
      subject: 'digest-mirrors',
      name: 'quay.io',
      mirrors: ['b.corp', 'c.corp'],
      details: ['policy AllowContactingSource -> NeverContactSource', 'mirror a.corp removed', 'mirror c.corp added'],
    },
  ]);
});

test('another order of the same mirrors is a change', () => {
  const changes = diffRules(rulesOf(digestSet('quay.io', 'a, b', '')), rulesOf(digestSet('quay.io', 'b, a', '')));
  expect(changes.map(({ details }) => details)).toEqual([['order is now b, a']]);
});

test('AllowContactingSource and no policy mean the same', () => {
  const before = rulesOf(digestSet('quay.io', 'a', ''));
  expect(diffRules(before, rulesOf(digestSet('quay.io', 'a', 'AllowContactingSource')))).toEqual([]);
});

test('digest and tag mirrors of one source are two changes, digests first', () => {
  const both = digestSet('quay.io', 'a', '') + tagSet('quay.io', 'a');
  expect(diffRules(rulesOf(''), rulesOf(both)).map(({ change, subject }) => [change, subject])).toEqual([
    ['added', 'digest-mirrors'],
    ['added', 'tag-mirrors'],
  ]);
});

test('lists of registries are compared entry by entry, the search list as a whole', () => {
  const before = image('{insecureRegistries: [a.io, b.io], containerRuntimeSearchRegistries: [x.io, y.io]}');
  const after = image('{insecureRegistries: [b.io, c.io], containerRuntimeSearchRegistries: [y.io, x.io]}');
  expect(
    diffRules(rulesOf(before), rulesOf(after)).map(({ change, subject, name, details }) => [
      change,
      subject,
      name,
      ...details,
    ]),
  ).toEqual([
    ['removed', 'insecure', 'a.io'],
    ['added', 'insecure', 'c.io'],
    ['changed', 'search', 'containerRuntimeSearchRegistries', 'x.io, y.io -> y.io, x.io'],
  ]);
});

test('a changed pull secret is named, its contents are not', () => {
  const secret = (auth: string): string => `---
apiVersion: v1
kind: Secret
metadata: {name: pull-secret, namespace: openshift-config}
type: kubernetes.io/dockerconfigjson
stringData: {.dockerconfigjson: '{"auths":{"a.io":{"auth":"${auth}"}}}'}
`;
  const changes = diffRules(rulesOf(secret('Zmlyc3Q6MQ==')), rulesOf(secret('c2Vjb25kOjI=')));
  expect(changes).toMatchObject([
    { change: 'changed', subject: 'pull-secret', name: 'Secret/openshift-config/pull-secret' },
  ]);
  expect(JSON.stringify(changes)).not.toMatch(/Zmlyc3Q6MQ|c2Vjb25kOjI/);
});

test('only metadata of a signature policy changes nothing', () => {
  const policy = (label: string): string => `---
apiVersion: config.openshift.io/v1
kind: ClusterImagePolicy
metadata: {name: p, labels: {a: "${label}"}}
spec: {scopes: [quay.io], policy: {rootOfTrust: {policyType: PublicKey, publicKey: {keyData: QQ==}}}}
`;
  expect(diffRules(rulesOf(policy('1')), rulesOf(policy('2')))).toEqual([]);
});

test('every change names the line of its rule', () => {
  const [change] = diffRules(rulesOf(digestSet('quay.io', 'a', '')), rulesOf(''));
  expect(change).toMatchObject({
    change: 'removed',
    origins: [{ object: 'ImageDigestMirrorSet/d', path: 'spec.imageDigestMirrors[0]', file: 'rules.yaml', line: 7 }],
  });
});

function digestSet(source: string, mirrors: string, policy: string): string {
  const policyLine = policy === '' ? '' : `    mirrorSourcePolicy: ${policy}\n`;
  return `---
apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata: {name: d}
spec:
  imageDigestMirrors:
  - source: ${source}
    mirrors: [${mirrors}]
${policyLine}`;
}

function tagSet(source: string, mirrors: string): string {
  return `---
apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata: {name: t}
spec: {imageTagMirrors: [{source: ${source}, mirrors: [${mirrors}]}]}
`;
}

function image(registrySources: string): string {
  return `apiVersion: config.openshift.io/v1
kind: Image
metadata: {name: cluster}
spec: {registrySources: ${registrySources}}
`;
}

function rulesOf(text: string): RuleSet {
  return collectRules(loadManifests([{ file: 'rules.yaml', text }]).objects, { pool: 'worker' }).rules;
}
