import type { NodeFile, RegistriesConf } from '../model.ts';
import type { MirrorSet } from './mirror-sets.ts';
import type { NamespacedPolicy } from './namespaced-policies.ts';
import type { PayloadDecision } from './payload.ts';
import type { TrustedCertificate } from './trusted-ca.ts';

/** What one pool of nodes gets. What is undefined is asked for by no rule, so the node keeps its base file or has none. */
export interface NodeConfig {
  readonly pool: string;
  /** Entries and mirrors carry the rules that made them. */
  readonly registriesConf?: RegistriesConf | undefined;
  /** Text of policy.json. */
  readonly policyJSON?: string | undefined;
  /** Scopes in which nodes look for sigstore signatures, by bytes. */
  readonly sigstoreScopes?: readonly string[] | undefined;
  /** By namespace. */
  readonly namespacedPolicies: readonly NamespacedPolicy[];
  /** The search list of the drop-in that replaces the one of registries.conf. */
  readonly searchRegistries?: readonly string[] | undefined;
  readonly certificates: readonly TrustedCertificate[];
  /** Text of the global pull secret. */
  readonly authFile?: string | undefined;
  /** PEM text that the operating system of the node trusts. */
  readonly trustBundle?: string | undefined;
  /** One item per ContainerRuntimeConfig that has something to say, in their order. */
  readonly containerRuntime: readonly ContainerRuntimeFiles[];
  /** How the rules came to be what they are; lint and explanations read it. */
  readonly decisions: CompileDecisions;
}

/** CRI-O drop-ins, and storage.conf where it is asked for. */
export interface ContainerRuntimeFiles {
  readonly name: string;
  readonly files: readonly NodeFile[];
}

export interface CompileDecisions {
  readonly payload: PayloadDecision;
  /** Merged IDMS and ICSP rules by source. */
  readonly digestSets: readonly MirrorSet[];
  /** Merged ITMS rules by source. */
  readonly tagSets: readonly MirrorSet[];
}
