import type { Diagnostic } from '@pullpath/diagnostics';
import type { ReleaseVersion } from '../hypershift/release-version.ts';
import type { RuleSet } from '../model.ts';

export interface CollectOptions {
  /** Pull spec of the target release; without one the objects tell. */
  readonly releaseImage?: string | undefined;
  /** First release whose HostedCluster may carry tag rules, `4.21.0` by default. */
  readonly tagMirrorMinVersion?: string | undefined;
}

/** Everything found for a scope. With an error among the diagnostics the rules are incomplete and must not be rendered. */
export interface Collected {
  readonly rules: RuleSet;
  readonly diagnostics: readonly Diagnostic[];
  /** The release that the nodes run, as far as it can be told. */
  readonly version?: ReleaseVersion | undefined;
}

/** Rules of a scope about which nothing is said. */
export const noRules: RuleSet = {
  rules: [],
  hasMirrorObjects: false,
  registrySources: {},
  clusterImagePolicies: [],
  imagePolicies: [],
  containerRuntimeConfigs: [],
};
