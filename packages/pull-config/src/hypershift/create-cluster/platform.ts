import type { KubeObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import type { JsonObject } from '../../model.ts';
import type { ClusterFiles } from './cluster-files.ts';
import type { FlagValues } from './flag-values.ts';

/** What a platform adds to the objects that all platforms have in common. */
export interface PlatformParts {
  /** Members of the HostedCluster's spec; they replace common ones. */
  readonly spec: JsonObject;
  readonly annotations?: Readonly<Record<string, string>>;
  /** `spec.configuration.proxy`. */
  readonly proxy?: JsonObject | undefined;
  /** Storage class of etcd where no flag names one. */
  readonly etcdStorageClass?: string;
  /** One for each NodePool: what is appended to the cluster's name, and `spec.platform`. */
  readonly nodePools: readonly { readonly suffix?: string; readonly platform: JsonObject }[];
  readonly upgradeType: 'Replace' | 'InPlace';
  /** ConfigMaps and Secrets of the platform. */
  readonly resources: readonly KubeObject[];
  readonly diagnostics: readonly Diagnostic[];
}

/** One platform: plain data in, plain data out, no cluster and no cloud is asked. */
export type Platform = (flags: FlagValues, files: ClusterFiles) => PlatformParts;

/** Says that something is left out or assumed because nothing is contacted. */
export function offlineNote(message: string, hint: string): Diagnostic {
  return { code: 'create-cluster-offline', severity: 'warning', message, hint };
}
