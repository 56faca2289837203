import type { LocatedObject } from '@pullpath/api';
import { expect, test } from 'vitest';
import {
  basePolicyJSON,
  checkPolicyScopes,
  collectScopePolicies,
  policiesByScope,
  renderNamespacedPolicies,
} from '../../src/index.ts';
import { objectOf, scopes } from './rule-builders.ts';

test('policies for one scope add up in their order', () => {
  const { cluster } = collectScopePolicies([policy('a', ['quay.io'], 'YQ=='), policy('b', ['quay.io'], 'Yg==')], []);
  expect(cluster.get('quay.io')?.requirements.map(({ keyData }) => keyData)).toEqual(['YQ==', 'Yg==']);
});

test('a scope of an ImagePolicy inside one of a ClusterImagePolicy is left out with a warning', () => {
  const { namespaced, faults } = collectScopePolicies(
    [policy('a', ['quay.io'])],
    [imagePolicy('team', ['quay.io/ns', 'docker.io'])],
  );
  expect([...namespaced.keys()]).toEqual(['docker.io']);
  expect(faults).toMatchObject([{ code: 'image-policy-scope-shadowed', severity: 'warning', value: 'quay.io/ns' }]);
});

test('a namespace that could lead out of the policy folder is refused', () => {
  const { faults } = collectScopePolicies([], [imagePolicy('../../etc', ['docker.io'])]);
  expect(faults.map(({ code }) => code)).toEqual(['image-policy-invalid']);
});

test('a scope must lie inside an allowed registry, and in no blocked one', () => {
  const { cluster } = collectScopePolicies([policy('a', ['quay.io/ns', 'docker.io'])], []);
  const faults = checkPolicyScopes(
    cluster,
    scopes('allowedRegistries', 'quay.io'),
    scopes('blockedRegistries', '*.io', 'docker.io'),
  );
  expect(faults.map(({ code, value }) => `${code} ${value}`)).toEqual([
    'image-policy-scope-not-allowed docker.io',
    'image-policy-scope-blocked quay.io/ns',
    'image-policy-scope-blocked docker.io',
    'image-policy-scope-blocked docker.io',
  ]);
});

test('a namespaced policy is the one of the cluster with more scopes', () => {
  const { namespaced } = collectScopePolicies([], [imagePolicy('b', ['a.io']), imagePolicy('a', ['a.io/x/y/z'])]);
  const policies = renderNamespacedPolicies(basePolicyJSON, namespaced);
  expect(policies.map(({ namespace }) => namespace)).toEqual(['a', 'b']);
  const { transports } = JSON.parse(policies[0]?.json ?? '') as { transports: Record<string, object> };
  expect(Object.keys(transports['docker'] ?? {})).toEqual(['a.io/x/y/z']);
  expect(transports['atomic']).toEqual({});
});

test('policies of several namespaces for one scope are checked once', () => {
  const { namespaced } = collectScopePolicies([], [imagePolicy('a', ['a.io']), imagePolicy('b', ['a.io'])]);
  expect(policiesByScope(namespaced).get('a.io')?.origins).toHaveLength(2);
});

function policy(name: string, of: readonly string[], keyData = 'Zm9v', kind = 'ClusterImagePolicy'): LocatedObject {
  const spec = { scopes: of, policy: { rootOfTrust: { policyType: 'PublicKey', publicKey: { keyData } } } };
  return { object: objectOf(kind, name, { spec }) };
}

function imagePolicy(namespace: string, of: readonly string[]): LocatedObject {
  const { object } = policy('p', of, 'Zm9v', 'ImagePolicy');
  return { object: { ...object, metadata: { name: 'p', namespace } } };
}
