import { clusterPath, getCluster, listOf, type OcmClient, recordOf, textOf } from '@pullpath/ocm-api/client';

/** What there is to know of a cluster before its mirrors change. */
export interface Outlook {
  /** The node pools that a change rolls. */
  readonly pools: readonly Pool[];
  /** The only registries that may be pulled from; undefined where there is no such list. */
  readonly allowed: readonly string[] | undefined;
}

export interface Pool {
  readonly id: string;
  readonly replicas: number;
}

/** Asks the server: the cluster and its node pools. */
export async function clusterOutlook(client: OcmClient, clusterId: string, signal: AbortSignal): Promise<Outlook> {
  const [cluster, pools] = await Promise.all([
    getCluster(client, clusterId, { signal }),
    client.send({ method: 'GET', path: `${clusterPath(clusterId)}/node_pools`, query: { size: '-1' }, signal }),
  ]);
  const allowed = listOf(cluster.registry_config?.registry_sources?.allowed_registries).map(String);
  return {
    pools: listOf(recordOf(pools)['items']).map(poolOf),
    allowed: allowed.length > 0 ? allowed : undefined,
  };
}

function poolOf(item: unknown): Pool {
  const pool = recordOf(item);
  return { id: textOf(pool['id']) ?? '', replicas: Number(pool['replicas'] ?? 0) };
}
