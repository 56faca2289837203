import { type LocatedObject, type Origin, valueAt } from '@pullpath/api';
import { isNested } from '@pullpath/oci';
import type { ScopeRule } from '../model.ts';
import type { RuleFault } from './faults.ts';
import { policyRequirement, type RequirementJson } from './policy-requirement.ts';
import { scopeIndex } from './scope-index.ts';

/** What must hold for images of one scope, and the policies that say so. */
export interface ScopePolicy {
  readonly requirements: readonly RequirementJson[];
  readonly origins: readonly Origin[];
}

/** Cluster-wide policies by scope. */
export type ClusterPolicies = ReadonlyMap<string, ScopePolicy>;

/** Policies of namespaces: scope, then namespace. */
export type NamespacedPolicies = ReadonlyMap<string, ReadonlyMap<string, ScopePolicy>>;

export interface ScopePolicies {
  readonly cluster: ClusterPolicies;
  readonly namespaced: NamespacedPolicies;
  readonly faults: readonly RuleFault[];
}

/**
 * Collects image policies by scope; policies for one scope add up. A scope of an ImagePolicy inside one of a
 * ClusterImagePolicy is left out with a warning, as machine-config-operator does (condition `ConflictScopes`).
 */
export function collectScopePolicies(
  clusterImagePolicies: readonly LocatedObject[],
  imagePolicies: readonly LocatedObject[],
): ScopePolicies {
  const faults: RuleFault[] = [];
  const cluster = new Map<string, ScopePolicy>();
  for (const { scope, policy } of clusterImagePolicies.flatMap((each) => scopesOf(each, faults))) {
    addPolicy(cluster, scope, policy);
  }
  const index = scopeIndex(cluster);
  const namespaced = new Map<string, Map<string, ScopePolicy>>();
  for (const { scope, policy, namespace } of imagePolicies.flatMap((each) => scopesOf(each, faults))) {
    const [covering] = index.enclosing(scope);
    if (covering) faults.push(shadowedFault(scope, policy, covering));
    else addNamespaced(namespaced, scope, namespace, policy);
  }
  return { cluster, namespaced, faults };
}

interface PolicyOfScope {
  readonly scope: string;
  readonly namespace: string;
  readonly policy: ScopePolicy;
}

function scopesOf(located: LocatedObject, faults: RuleFault[]): PolicyOfScope[] {
  const { requirement, faults: unusable } = policyRequirement(valueAt(located.object, ['spec', 'policy']));
  for (const { path, message } of unusable) faults.push(requirementFault(located, path, message));
  const namespace = located.object.metadata.namespace ?? '';
  if (located.object.kind === 'ImagePolicy' && !isNamespaceName(namespace)) faults.push(namespaceFault(located));
  const scopes = valueAt(located.object, ['spec', 'scopes']);
  if (!requirement || !Array.isArray(scopes)) return [];
  return scopes.flatMap((scope: unknown, index) => {
    const origin = { of: located, path: ['spec', 'scopes', index] };
    return typeof scope === 'string'
      ? [{ scope, namespace, policy: { requirements: [requirement], origins: [origin] } }]
      : [];
  });
}

// The namespace becomes a file name below /etc/crio/policies.
function isNamespaceName(name: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name);
}

function addNamespaced(
  namespaced: Map<string, Map<string, ScopePolicy>>,
  scope: string,
  namespace: string,
  policy: ScopePolicy,
): void {
  const ofScope = namespaced.get(scope) ?? new Map<string, ScopePolicy>();
  namespaced.set(scope, ofScope);
  addPolicy(ofScope, namespace, policy);
}

function addPolicy(policies: Map<string, ScopePolicy>, key: string, policy: ScopePolicy): void {
  const known = policies.get(key) ?? { requirements: [], origins: [] };
  policies.set(key, {
    requirements: [...known.requirements, ...policy.requirements],
    origins: [...known.origins, ...policy.origins],
  });
}

function requirementFault(of: LocatedObject, path: Origin['path'], message: string): RuleFault {
  const field = path.join('.');
  return {
    code: 'image-policy-invalid',
    message: `${field} ${message}`,
    value: field,
    origin: { of, path: ['spec', 'policy', ...path] },
  };
}

function namespaceFault(of: LocatedObject): RuleFault {
  return {
    code: 'image-policy-invalid',
    message: `"${of.object.metadata.namespace ?? ''}" is not a namespace that an ImagePolicy can be in`,
    origin: { of, path: ['metadata', 'namespace'] },
    expected: 'lower-case letters, digits and inner hyphens, at most 63',
  };
}

function shadowedFault(scope: string, policy: ScopePolicy, covering: ScopePolicy): RuleFault {
  return {
    code: 'image-policy-scope-shadowed',
    severity: 'warning',
    message: `scope "${scope}" is ignored here: a ClusterImagePolicy covers it`,
    value: scope,
    origin: policy.origins[0],
    related: [{ message: 'the scope that covers it', origin: covering.origins[0] }],
  };
}

/**
 * Policies that contradict `registrySources`: a scope must lie inside an allowed registry, if any is allowed, and inside
 * no blocked one.
 */
export function checkPolicyScopes(
  policies: ClusterPolicies,
  allowed: readonly ScopeRule[] = [],
  blocked: readonly ScopeRule[] = [],
): RuleFault[] {
  const outside = [...policies].flatMap(([scope, { origins }]) =>
    allowed.length === 0 || allowed.some((rule) => isNested(scope, rule.scope))
      ? []
      : [notAllowedFault(scope, origins[0], allowed)],
  );
  const inside = [...policies].flatMap(([scope, { origins }]) =>
    blocked.filter((rule) => isNested(scope, rule.scope)).map((rule) => blockedFault(scope, origins[0], rule)),
  );
  return [...outside, ...inside];
}

/** Namespaced policies as `checkPolicyScopes` takes them, all namespaces of a scope together. */
export function policiesByScope(namespaced: NamespacedPolicies): ClusterPolicies {
  return new Map(
    [...namespaced].map(([scope, byNamespace]) => {
      const all = [...byNamespace.values()];
      return [
        scope,
        { requirements: all.flatMap((each) => each.requirements), origins: all.flatMap((each) => each.origins) },
      ];
    }),
  );
}

function notAllowedFault(scope: string, origin: Origin | undefined, allowed: readonly ScopeRule[]): RuleFault {
  return {
    code: 'image-policy-scope-not-allowed',
    message: `scope "${scope}" has an image policy but lies in no allowed registry`,
    value: scope,
    origin,
    related: [{ message: 'the list of allowed registries', origin: allowed[0]?.origin }],
    hint: 'add the scope to allowedRegistries, or drop the policy; until then nothing at all is rendered',
  };
}

function blockedFault(scope: string, origin: Origin | undefined, rule: ScopeRule): RuleFault {
  return {
    code: 'image-policy-scope-blocked',
    message: `scope "${scope}" has an image policy but "${rule.scope}" is blocked`,
    value: scope,
    origin,
    related: [{ message: `"${rule.scope}" is blocked here`, origin: rule.origin }],
    hint: 'unblock the scope, or drop the policy; until then nothing at all is rendered',
  };
}
