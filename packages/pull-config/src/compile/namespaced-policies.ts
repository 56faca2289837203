import { compareBytes } from '../formats/go-order.ts';
import type { NamespacedPolicies } from './image-policies.ts';
import type { RequirementJson } from './policy-requirement.ts';
import { addScopes, readSignaturePolicy, writePolicy } from './signature-policy.ts';

/** The policy.json of one namespace, which CRI-O uses instead of the one of the node. */
export interface NamespacedPolicy {
  readonly namespace: string;
  readonly json: string;
}

/**
 * The policy of every namespace that has one: the policy.json of the cluster plus the scopes of the namespace, by
 * namespace in byte order (machine-config-operator `updateNamespacedPolicyJSONs`; CRI-O `signature_policy_dir`).
 */
export function renderNamespacedPolicies(clusterPolicy: string, namespaced: NamespacedPolicies): NamespacedPolicy[] {
  const base = readSignaturePolicy(clusterPolicy);
  return [...scopesByNamespace(namespaced)]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([namespace, scopes]) => ({
      namespace,
      json: writePolicy({ default: base.default, transports: addScopes(base.transports, scopes) }),
    }));
}

/** Where CRI-O looks for the policy of a namespace. */
export function namespacedPolicyPath(namespace: string): string {
  return `/etc/crio/policies/${namespace}.json`;
}

function scopesByNamespace(namespaced: NamespacedPolicies): Map<string, Map<string, readonly RequirementJson[]>> {
  const byNamespace = new Map<string, Map<string, readonly RequirementJson[]>>();
  for (const [scope, policies] of namespaced) {
    for (const [namespace, { requirements }] of policies) {
      const scopes = byNamespace.get(namespace) ?? new Map<string, readonly RequirementJson[]>();
      byNamespace.set(namespace, scopes.set(scope, requirements));
    }
  }
  return byNamespace;
}
