import type { RegistryConfig } from './registry-config.ts';

/** States of a cluster (clusters_mgmt v1 `ClusterState`). */
export type ClusterState =
  | 'waiting'
  | 'validating'
  | 'pending'
  | 'installing'
  | 'ready'
  | 'updating'
  | 'uninstalling'
  | 'powering_down'
  | 'resuming'
  | 'hibernating'
  | 'error'
  | 'unknown';

/** A cluster, as far as this room looks into it (clusters_mgmt v1 `Cluster`). */
export interface Cluster {
  readonly kind?: string;
  readonly id: string;
  readonly href?: string;
  readonly name: string;
  readonly external_id?: string;
  /** A `ClusterState`, or one that is not known here. */
  readonly state: string;
  readonly hypershift?: { readonly enabled: boolean };
  readonly product?: { readonly kind?: string; readonly id: string };
  readonly registry_config?: RegistryConfig;
  /** Everything else that the server tells. */
  readonly [member: string]: unknown;
}
