import type { KubeObject } from '@pullpath/api';
import {
  checkPolicyScopes,
  collectScopePolicies,
  namespacedPolicyPath,
  policiesByScope,
  policyRequirement,
  type RegistriesConf,
  readRegistriesConf,
  renderNamespacedPolicies,
  type ScopePolicy,
  sigstoreScopes,
  writeSigstoreRegistriesD,
} from '@pullpath/pull-config';
import { recordedError } from './fault-code.ts';
import { scopesOf } from './mirror-rules.ts';
import {
  clusterPoliciesOf,
  namespacedPoliciesOf,
  type RecordedNamespacedPolicies,
  type RecordedPolicies,
} from './policy-json.ts';
import type { Area } from './run-vectors.ts';

interface PolicyObjects {
  readonly clusterImagePolicies: KubeObject[];
  readonly imagePolicies: KubeObject[];
}

interface ScopeCheck {
  readonly clusterScopePolicies: RecordedPolicies;
  readonly scopeNamespacePolicies: RecordedNamespacedPolicies;
  readonly allowed: string[] | null;
  readonly blocked: string[] | null;
}

interface SigstoreInput {
  readonly clusterScopePolicies: RecordedPolicies;
  readonly scopeNamespacePolicies: RecordedNamespacedPolicies;
  readonly registriesTOML: string | null;
}

/** node-config `image-policy`. */
export const imagePolicy: Area = {
  policyRequirement: ({ policy }: { policy: unknown }) => ({ requirement: policyRequirement(policy).requirement }),
  collectScopePolicies: ({ clusterImagePolicies, imagePolicies }: PolicyObjects) => {
    const located = (objects: KubeObject[]) => objects.map((object) => ({ object }));
    const { cluster, namespaced } = collectScopePolicies(located(clusterImagePolicies), located(imagePolicies));
    return {
      cluster: plainPolicies(cluster),
      namespaced: Object.fromEntries([...namespaced].map(([scope, policies]) => [scope, plainPolicies(policies)])),
    };
  },
  checkPolicyScopes: (input: ScopeCheck) => {
    const lists = [scopesOf('allowedRegistries', input.allowed), scopesOf('blockedRegistries', input.blocked)] as const;
    const cluster = checkPolicyScopes(clusterPoliciesOf(input.clusterScopePolicies), ...lists);
    const namespaced = checkPolicyScopes(policiesByScope(namespacedPoliciesOf(input.scopeNamespacePolicies)), ...lists);
    return { error: recordedError([...cluster, ...namespaced][0]) };
  },
  renderNamespacedPolicies: (input: { clusterPolicy: string; scopeNamespacePolicies: RecordedNamespacedPolicies }) => {
    const policies = renderNamespacedPolicies(input.clusterPolicy, namespacedPoliciesOf(input.scopeNamespacePolicies));
    return { policies: Object.fromEntries(policies.map(({ namespace, json }) => [namespace, json])) };
  },
  renderSigstoreRegistriesD: (input: SigstoreInput) => {
    const policies = new Map([
      ...clusterPoliciesOf(input.clusterScopePolicies),
      ...policiesByScope(namespacedPoliciesOf(input.scopeNamespacePolicies)),
    ]);
    const { scopes, faults } = sigstoreScopes(policies, confOf(input.registriesTOML));
    if (faults.length > 0) return { error: recordedError(faults[0]) };
    return { yaml: policies.size > 0 ? writeSigstoreRegistriesD(scopes) : null };
  },
  namespacedPolicyFileOrder: ({ policies }: { policies: Record<string, string> }) => ({
    paths: Object.keys(policies).sort().map(namespacedPolicyPath),
  }),
};

function plainPolicies(policies: ReadonlyMap<string, ScopePolicy>): Record<string, unknown> {
  return Object.fromEntries([...policies].map(([key, { requirements }]) => [key, requirements]));
}

function confOf(text: string | null): RegistriesConf | undefined {
  return text === null ? undefined : readRegistriesConf({ file: 'registries.conf', text }).value;
}
