import type { KubeObject, Resource } from '@pullpath/kube-client';

/** A HostedCluster, as far as this room looks into it (hypershift.openshift.io/v1beta1). */
export interface HostedCluster extends KubeObject {
  readonly spec?: HostedClusterSpec;
  readonly status?: Readonly<Record<string, unknown>>;
}

export interface HostedClusterSpec {
  readonly clusterID?: string;
  readonly pausedUntil?: string;
  readonly imageContentSources?: readonly MirrorEntry[];
  readonly imageTagMirrorSet?: readonly MirrorEntry[];
  readonly configuration?: { readonly image?: ImageConfiguration };
  readonly [member: string]: unknown;
}

export interface MirrorEntry {
  readonly source: string;
  readonly mirrors?: readonly string[];
  readonly mirrorSourcePolicy?: string;
}

/** `spec` of image.config.openshift.io, inside a HostedCluster. */
export interface ImageConfiguration {
  readonly registrySources?: {
    readonly allowedRegistries?: readonly string[];
    readonly blockedRegistries?: readonly string[];
    readonly insecureRegistries?: readonly string[];
    readonly [member: string]: unknown;
  };
  readonly allowedRegistriesForImport?: readonly { readonly domainName: string; readonly insecure?: boolean }[];
  readonly additionalTrustedCA?: { readonly name: string };
  readonly [member: string]: unknown;
}

export interface NodePool extends KubeObject {
  readonly spec?: { readonly clusterName?: string; readonly replicas?: number; readonly [member: string]: unknown };
  readonly status?: Readonly<Record<string, unknown>>;
}

export const hostedClusters: Resource<HostedCluster> = hypershift('hostedclusters', 'HostedCluster');
export const nodePools: Resource<NodePool> = hypershift('nodepools', 'NodePool');

function hypershift(plural: string, kind: string): Resource {
  return { group: 'hypershift.openshift.io', version: 'v1beta1', plural, kind, namespaced: true };
}

/** The id under which the API knows a HostedCluster. */
export function clusterIdOf({ metadata, spec }: HostedCluster): string {
  return spec?.clusterID || (metadata.uid ?? '');
}
