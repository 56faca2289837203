import type { Diagnostic } from '@pullpath/diagnostics';
import type { Dialect, RuleSet } from '../model.ts';
import { compileContainerRuntime } from './container-runtime-files.ts';
import { faultDiagnostics, isFatal, type RuleFault } from './faults.ts';
import { compileImageConfig } from './image-config.ts';
import { collectScopePolicies } from './image-policies.ts';
import { digestRules, mergeMirrorSets, tagRules } from './mirror-sets.ts';
import type { CompileDecisions, NodeConfig } from './node-config.ts';
import { splitBlockedAllowed } from './payload.ts';
import { pullSecretText } from './pull-secret.ts';
import { hasCertificates, trustedCertificates } from './trusted-ca.ts';

export interface CompileOptions {
  readonly dialect: Dialect;
  readonly pool: string;
}

/**
 * What the rules make of the nodes of a pool (machine-config-operator `syncImageConfig`). Any error means that nothing is
 * rendered, as upstream keeps the last good configuration then; all errors are reported, with the places of all that take
 * part. Diagnostics stand in the order in which upstream checks, so its own error is the first one.
 */
export function compileNodeConfig(
  rules: RuleSet,
  options: CompileOptions,
): { readonly config?: NodeConfig; readonly diagnostics: readonly Diagnostic[] } {
  const { config, faults } = compileWithFaults(rules, options);
  return { ...(config && { config }), diagnostics: faultDiagnostics(faults) };
}

/** The same with faults that still know their origins and values. */
export function compileWithFaults(
  rules: RuleSet,
  options: CompileOptions,
): { readonly config?: NodeConfig; readonly faults: readonly RuleFault[] } {
  const decisions: CompileDecisions = {
    payload: splitBlockedAllowed(rules, options.dialect),
    digestSets: mergeMirrorSets(digestRules(rules.rules)),
    tagSets: mergeMirrorSets(tagRules(rules.rules)),
  };
  const policies = collectScopePolicies(rules.clusterImagePolicies, rules.imagePolicies);
  const { insecure, search } = rules.registrySources;
  const image = compileImageConfig({ ...rules, ...decisions, insecure, search, policies }, options.dialect);
  const rest = compileRest(rules);
  const faults = [...decisions.payload.faults, ...policies.faults, ...image.faults, ...rest.faults];
  if (faults.some(isFatal)) return { faults };
  const config = { pool: options.pool, ...image.files, ...rest.files, decisions };
  return { config, faults };
}

type OtherFiles = Pick<NodeConfig, 'certificates' | 'authFile' | 'trustBundle' | 'containerRuntime'>;

function compileRest(rules: RuleSet): { readonly files: OtherFiles; readonly faults: readonly RuleFault[] } {
  const trusted = rules.trustedCA ? trustedCertificates(rules.trustedCA) : { certificates: [], faults: [] };
  const secret = rules.pullSecret ? pullSecretText(rules.pullSecret) : { faults: [] };
  const runtime = compileContainerRuntime(rules.containerRuntimeConfigs);
  const files = {
    certificates: trusted.certificates,
    authFile: secret.text,
    trustBundle: rules.trustBundle?.pem,
    containerRuntime: runtime.files,
  };
  return {
    files,
    faults: [...trusted.faults, ...secret.faults, ...bundleFaults(rules.trustBundle), ...runtime.faults],
  };
}

function bundleFaults(bundle: RuleSet['trustBundle']): RuleFault[] {
  if (!bundle || hasCertificates(bundle.pem)) return [];
  return [
    {
      code: 'trust-bundle-not-pem',
      severity: 'warning',
      message: 'the trust bundle is not made of PEM certificates',
      origin: bundle.origin,
    },
  ];
}
