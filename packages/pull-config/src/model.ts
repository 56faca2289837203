import type { KubeObject, LocatedObject, Origin } from '@pullpath/api';

/** What may be said of a source once its mirrors failed. Absent counts as `AllowContactingSource`. */
export type MirrorSourcePolicy = 'NeverContactSource' | 'AllowContactingSource';

/** One mirror entry of one object, in the order the user wrote it. */
export interface MirrorRule {
  /** Which list of node-config 1.2 it belongs to; `icsp` is a digest rule without a policy. */
  readonly kind: 'idms' | 'icsp' | 'itms';
  readonly source: string;
  readonly mirrors: readonly string[];
  readonly policy?: MirrorSourcePolicy | undefined;
  /** The entry; `mirrors` and `source` are its children. */
  readonly origin: Origin;
}

/** One entry of a list of `registrySources`. */
export interface ScopeRule {
  readonly scope: string;
  readonly origin: Origin;
}

/** `image.config.openshift.io/cluster`. An absent list and an empty one differ: upstream re-encodes for the latter. */
export interface RegistrySources {
  readonly insecure?: readonly ScopeRule[] | undefined;
  readonly blocked?: readonly ScopeRule[] | undefined;
  readonly allowed?: readonly ScopeRule[] | undefined;
  readonly search?: readonly ScopeRule[] | undefined;
}

/** Everything that decides the files of one pool (or of one NodePool), with origins. Order is the order of the input. */
export interface RuleSet {
  readonly rules: readonly MirrorRule[];
  /** True when any mirror object exists, even one that yields no rule: registries.conf is then written (node-config 1.1). */
  readonly hasMirrorObjects: boolean;
  readonly registrySources: RegistrySources;
  /** The pull spec whose repository is protected from blocking (node-config 1.6). */
  readonly releaseImage?: { readonly image: string; readonly origin?: Origin | undefined } | undefined;
  readonly clusterImagePolicies: readonly LocatedObject[];
  readonly imagePolicies: readonly LocatedObject[];
  /** Those that select this pool. */
  readonly containerRuntimeConfigs: readonly LocatedObject[];
  /** ConfigMap of `additionalTrustedCA`, if given. */
  readonly trustedCA?: LocatedObject | undefined;
  /** Global pull secret, if given. */
  readonly pullSecret?: LocatedObject | undefined;
  /** PEM text of an OS-wide trust bundle (install-config additionalTrustBundle, HostedCluster additionalTrustBundle). */
  readonly trustBundle?: { readonly pem: string; readonly origin: Origin } | undefined;
}

/** For whom files are made. `pool` is a MachineConfigPool; a NodePool is named with its HostedCluster. */
export type Scope =
  | { readonly pool: string }
  | { readonly hostedCluster: { readonly namespace: string; readonly name: string }; readonly nodePool: string };

/** Text of registries.conf by release (node-config 1.4). */
export type Dialect = '4.12' | '4.13' | '4.19';

/** `""` and `all` mean both kinds. */
export type PullFromMirror = '' | 'all' | 'digest-only' | 'tag-only';

export interface Mirror {
  readonly location: string;
  readonly insecure: boolean;
  readonly pullFromMirror: PullFromMirror;
  /** The rules that ask for this mirror; empty for a configuration read from a node. */
  readonly origins: readonly Origin[];
}

/** One `[[registry]]` table. Its scope is `prefix`, or `location` where that is empty. */
export interface RegistryEntry {
  readonly prefix: string;
  readonly location: string;
  readonly insecure: boolean;
  readonly blocked: boolean;
  readonly mirrorByDigestOnly: boolean;
  readonly mirrors: readonly Mirror[];
  /** Every rule that made or changed this entry, mirror rules first. */
  readonly origins: readonly Origin[];
}

/** A registries.conf, version 2 (containers/image `sysregistriesv2`). */
export interface RegistriesConf {
  readonly searchRegistries?: readonly string[] | undefined;
  readonly shortNameMode: string;
  readonly additionalLayerStoreAuthHelper: string;
  readonly credentialHelpers: readonly string[];
  readonly registries: readonly RegistryEntry[];
  readonly aliases: Readonly<Record<string, string>>;
}

/** A file on a node. `path` is absolute; `contents` is text, which every file that we write is. */
export interface NodeFile {
  readonly path: string;
  /** Permission bits, e.g. 0o644. */
  readonly mode: number;
  readonly contents: string;
}

export type JsonObject = Readonly<Record<string, unknown>>;
export type { KubeObject };
