import type { Dialect, RegistriesConf, RuleSet, ScopeRule } from '../model.ts';
import { basePolicyJSON, baseSearchRegistries } from './base-files.ts';
import { dialectFaults } from './dialect-faults.ts';
import { editRegistries } from './edit-registries.ts';
import { isFatal, type RuleFault } from './faults.ts';
import { checkPolicyScopes, policiesByScope, type ScopePolicies } from './image-policies.ts';
import { emptyConf, unloadableFaults } from './loadable.ts';
import { renderNamespacedPolicies } from './namespaced-policies.ts';
import type { CompileDecisions, NodeConfig } from './node-config.ts';
import { checkPolicyInput, renderPolicyJSON } from './policy-json.ts';
import { sigstoreScopes } from './sigstore-scopes.ts';
import { validateRules } from './validate-rules.ts';

/** Rules whose blocked and allowed registries are split already. Undefined and empty lists differ. */
export interface ImageConfigInput extends CompileDecisions, Pick<RuleSet, 'rules' | 'hasMirrorObjects'> {
  readonly insecure: readonly ScopeRule[] | undefined;
  readonly search: readonly ScopeRule[] | undefined;
  readonly policies: Pick<ScopePolicies, 'cluster' | 'namespaced'>;
}

export type ImageConfigFiles = Pick<
  NodeConfig,
  'registriesConf' | 'policyJSON' | 'namespacedPolicies' | 'sigstoreScopes' | 'searchRegistries'
>;

/**
 * What `99-<pool>-generated-registries` holds (machine-config-operator `registriesConfigIgnition`), and what forbids it, in
 * the order in which upstream would find it.
 */
export function compileImageConfig(
  input: ImageConfigInput,
  dialect: Dialect,
): { readonly files: ImageConfigFiles; readonly faults: readonly RuleFault[] } {
  const registries = compileRegistries(input, dialect);
  // Where signatures are looked for is only asked of a registries.conf that can be written.
  const conf = registries.faults.some(isFatal) ? undefined : registries.conf;
  const signatures = compileSignatures(input, conf);
  const searchRegistries = input.search?.map(({ scope }) => scope);
  return {
    files: { registriesConf: registries.conf, ...signatures.files, searchRegistries },
    faults: [...registries.faults, ...signatures.faults, ...unloadableFaults(conf, scopesOf(input), input.search)],
  };
}

function scopesOf({ insecure = [], payload }: ImageConfigInput): readonly ScopeRule[] {
  return [...insecure, ...(payload.registriesBlocked ?? [])];
}

// registries.conf is written for an empty list too, and for mirror objects that yield nothing.
function compileRegistries(
  { rules, hasMirrorObjects, insecure, payload, digestSets, tagSets }: ImageConfigInput,
  dialect: Dialect,
): { readonly conf?: RegistriesConf; readonly faults: readonly RuleFault[] } {
  const blocked = payload.registriesBlocked;
  if (!insecure && !blocked && !hasMirrorObjects && rules.length === 0) return { faults: [] };
  const lists = { insecureRegistries: insecure ?? [], blockedRegistries: blocked ?? [] };
  const marks = { insecure: insecure ?? [], blocked: blocked ?? [] };
  const edited = editRegistries({ registries: [], digestSets, tagSets, ...marks, dialect });
  return {
    conf: { ...emptyConf, searchRegistries: baseSearchRegistries, registries: edited.registries },
    faults: [...dialectFaults(rules, dialect), ...validateRules(lists, rules), ...edited.faults],
  };
}

type SignatureFiles = Pick<NodeConfig, 'policyJSON' | 'namespacedPolicies' | 'sigstoreScopes'>;

function compileSignatures(
  { payload, policies: { cluster, namespaced } }: ImageConfigInput,
  conf: RegistriesConf | undefined,
): { readonly files: SignatureFiles; readonly faults: readonly RuleFault[] } {
  const { policyBlocked: blocked, allowed } = payload;
  if (!blocked && !allowed && cluster.size + namespaced.size === 0) {
    return { files: { namespacedPolicies: [] }, faults: [] };
  }
  const everyScope = new Map([...cluster, ...policiesByScope(namespaced)]);
  const input = { template: basePolicyJSON, blocked, allowed, clusterPolicies: cluster };
  const policyJSON = renderPolicyJSON(input);
  const sigstore = sigstoreScopes(everyScope, conf);
  const files = {
    policyJSON,
    namespacedPolicies: renderNamespacedPolicies(policyJSON, namespaced),
    sigstoreScopes: everyScope.size > 0 ? sigstore.scopes : undefined,
  };
  const inPolicies = checkPolicyScopes(policiesByScope(namespaced), allowed, blocked);
  return { files, faults: [...checkPolicyInput(input, payload.payloadRepository), ...inPolicies, ...sigstore.faults] };
}
