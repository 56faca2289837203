import type { KubeObject, Origin } from '@pullpath/api';
import { parseNamed } from '@pullpath/oci';
import {
  type ClusterPolicies,
  checkPolicyInput,
  type NamespacedPolicies,
  type RequirementJson,
  renderPolicyJSON,
} from '@pullpath/pull-config';
import { recordedError } from './fault-code.ts';
import { scopesOf } from './mirror-rules.ts';
import type { Area } from './run-vectors.ts';

/** Requirements by scope, as recorded. */
export type RecordedPolicies = Readonly<Record<string, RequirementJson[]>> | null;

/** Requirements by scope and namespace, as recorded. */
export type RecordedNamespacedPolicies = Readonly<Record<string, Record<string, RequirementJson[]>>> | null;

interface Input {
  readonly template: string;
  readonly allowed: string[] | null;
  readonly blocked: string[] | null;
  readonly releaseImage: string;
  readonly clusterScopePolicies: RecordedPolicies;
}

/** node-config `policy-json`. */
export const policyJson: Area = {
  renderPolicyJSON: ({ template, allowed, blocked, releaseImage, clusterScopePolicies }: Input) => {
    const input = {
      template,
      allowed: scopesOf('allowedRegistries', allowed),
      blocked: scopesOf('blockedRegistries', blocked),
      clusterPolicies: clusterPoliciesOf(clusterScopePolicies),
    };
    const payload = parseNamed(releaseImage);
    const [fault] = checkPolicyInput(input, payload.ok ? payload.value.name : undefined);
    return fault ? { error: recordedError(fault) } : { json: renderPolicyJSON(input) };
  },
};

/** Recorded cluster policies. */
export function clusterPoliciesOf(policies: RecordedPolicies): ClusterPolicies {
  return policiesOf(policies, originOf('ClusterImagePolicy'));
}

/** Recorded namespaced policies. */
export function namespacedPoliciesOf(policies: RecordedNamespacedPolicies): NamespacedPolicies {
  const origin = originOf('ImagePolicy');
  return new Map(
    Object.entries(policies ?? {}).map(([scope, byNamespace]) => [scope, policiesOf(byNamespace, origin)]),
  );
}

function policiesOf(policies: RecordedPolicies, origin: Origin): ClusterPolicies {
  return new Map(
    Object.entries(policies ?? {}).map(([scope, requirements]) => [scope, { requirements, origins: [origin] }]),
  );
}

function originOf(kind: string): Origin {
  const object: KubeObject = { apiVersion: 'config.openshift.io/v1', kind, metadata: { name: 'recorded' } };
  return { of: { object }, path: ['spec', 'scopes', 0] };
}
