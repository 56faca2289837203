import type { HostedCluster, NodePool } from './objects.ts';

/** What the service needs of a management cluster. Rejects with `KubeError`. */
export interface ClusterStore {
  list(): Promise<readonly HostedCluster[]>;
  /** By the id of the API. */
  find(id: string): Promise<HostedCluster | undefined>;
  create(cluster: HostedCluster, nodePool: NodePool): Promise<HostedCluster>;
  /** Merges the patch in, unless the object is another one by now: then a conflict. */
  patch(cluster: HostedCluster, patch: ClusterPatch): Promise<HostedCluster>;
  delete(cluster: HostedCluster): Promise<void>;
  nodePools(cluster: HostedCluster): Promise<readonly NodePool[]>;
  /** The hash of the mirrors that the control plane carries to its nodes; undefined where nothing tells. */
  carriedMirrors(cluster: HostedCluster): Promise<string | undefined>;
  /** The hash of those that all nodes of a pool have; undefined where nothing tells. */
  mirrorsOfNodes(pool: NodePool): string | undefined;
  /** Data of a ConfigMap beside the cluster, undefined where there is none. */
  configMap(cluster: HostedCluster, name: string): Promise<Readonly<Record<string, string>> | undefined>;
  /** Makes a ConfigMap beside the cluster, which goes with it, hold this data. */
  saveConfigMap(cluster: HostedCluster, name: string, data: Readonly<Record<string, string>>): Promise<void>;
}

/** JSON merge patch (RFC 7386): null removes. */
export interface ClusterPatch {
  readonly annotations?: Readonly<Record<string, string | null>> | undefined;
  readonly spec?: Readonly<Record<string, unknown>> | undefined;
}
