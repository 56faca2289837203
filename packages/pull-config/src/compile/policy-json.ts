import type { ScopeRule } from '../model.ts';
import type { RuleFault } from './faults.ts';
import { type ClusterPolicies, checkPolicyScopes } from './image-policies.ts';
import type { RequirementJson } from './policy-requirement.ts';
import {
  type PolicyScopes,
  readSignaturePolicy,
  replaceScopes,
  type SignaturePolicy,
  writePolicy,
} from './signature-policy.ts';
import { scopeFaults } from './validate-rules.ts';

export interface PolicyInput {
  /** Text that is edited, and returned as it is when there is nothing to say. */
  readonly template: string;
  /** Undefined and empty differ: an empty list re-encodes the template. */
  readonly blocked?: readonly ScopeRule[] | undefined;
  readonly allowed?: readonly ScopeRule[] | undefined;
  readonly clusterPolicies: ClusterPolicies;
}

/**
 * policy.json of a node, byte for byte as machine-config-operator writes it (`updatePolicyJSON`). Any blocked registry
 * makes acceptance the default, even beside an allowed one. Call `checkPolicyInput` first.
 */
export function renderPolicyJSON({ template, blocked, allowed, clusterPolicies }: PolicyInput): string {
  if (blocked === undefined && allowed === undefined && clusterPolicies.size === 0) return template;
  const policy = readSignaturePolicy(template);
  const scopes = policyScopes(blocked ?? [], allowed ?? [], clusterPolicies);
  return writePolicy({
    default: defaultRequirements(policy, blocked ?? [], allowed ?? []),
    transports: scopes.size > 0 ? replaceScopes(policy.transports, scopes) : policy.transports,
  });
}

/** What forbids `renderPolicyJSON`, in the order in which machine-config-operator looks. */
export function checkPolicyInput(
  input: Omit<PolicyInput, 'template'>,
  payloadRepository: string | undefined,
): RuleFault[] {
  return [
    ...exclusionFaults(input.allowed ?? [], input.blocked ?? [], payloadRepository),
    ...checkPolicyScopes(input.clusterPolicies, input.allowed, input.blocked),
    ...scopeFaults('blockedRegistries', input.blocked),
    ...scopeFaults('allowedRegistries', input.allowed),
  ];
}

// The payload repository alone may be allowed beside blocked ones: that is how a blocked payload is kept pullable.
function exclusionFaults(
  allowed: readonly ScopeRule[],
  blocked: readonly ScopeRule[],
  payloadRepository: string | undefined,
): RuleFault[] {
  const [first] = allowed;
  if (!first || blocked.length === 0) return [];
  if (allowed.length === 1 && first.scope === payloadRepository) return [];
  const culprit = allowed.find((rule) => rule.scope !== payloadRepository) ?? first;
  return [
    {
      code: 'allowed-and-blocked-both-set',
      message: 'allowedRegistries and blockedRegistries exclude each other',
      value: culprit.scope,
      origin: culprit.origin,
      related: [{ message: `"${blocked[0]?.scope}" is blocked here`, origin: blocked[0]?.origin }],
      hint: 'keep one of the two lists; until then nothing at all is rendered',
    },
  ];
}

const accept: readonly RequirementJson[] = [{ type: 'insecureAcceptAnything' }];
const reject: readonly RequirementJson[] = [{ type: 'reject' }];

function defaultRequirements(
  policy: SignaturePolicy,
  blocked: readonly ScopeRule[],
  allowed: readonly ScopeRule[],
): readonly RequirementJson[] {
  if (blocked.length > 0) return accept;
  return allowed.length > 0 ? reject : policy.default;
}

function policyScopes(
  blocked: readonly ScopeRule[],
  allowed: readonly ScopeRule[],
  clusterPolicies: ClusterPolicies,
): PolicyScopes {
  const scopes = new Map<string, readonly RequirementJson[]>();
  for (const { scope } of allowed) if (!clusterPolicies.has(scope)) scopes.set(scope, accept);
  for (const { scope } of blocked) scopes.set(scope, reject);
  for (const [scope, { requirements }] of clusterPolicies) {
    scopes.set(scope, [...(scopes.get(scope) ?? []), ...requirements]);
  }
  return scopes;
}
