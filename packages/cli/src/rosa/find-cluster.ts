import { type Cluster, getClusterPage, isHosted, type OcmClient } from '@pullpath/ocm-api/client';
import { RosaFailure } from './failure.ts';

/** The cluster with this id, name or external id, by one request as rosa sends it. */
export async function findCluster(client: OcmClient, key: string): Promise<Cluster> {
  checkKey(key);
  const search = `product.id = 'rosa' AND (id = '${key}' OR name = '${key}' OR external_id = '${key}')`;
  const { total, items } = await getClusterPage(client, { search, page: 1, size: 1 });
  const [cluster] = items;
  if (total === 0 || cluster === undefined)
    throw new RosaFailure(`There is no cluster with identifier or name '${key}'`);
  if (total > 1) throw new RosaFailure(`There are ${total} clusters with identifier or name '${key}'`);
  return cluster;
}

// The key becomes part of a search: nothing else may get into it.
function checkKey(key: string): void {
  if (/^[\w-]+$/.test(key)) return;
  throw new RosaFailure(
    `Cluster name, identifier or external identifier '${key}' isn't valid: it must contain only letters, digits, dashes and underscores`,
  );
}

/** Image mirrors change on ready hosted clusters alone; `change` is like `created`. */
export function checkChangeable(cluster: Cluster, key: string, change: string): void {
  if (cluster.state !== 'ready')
    throw new RosaFailure(`Cluster '${key}' is not ready. Image mirrors can only be ${change} on ready clusters`);
  if (!isHosted(cluster)) throw new RosaFailure('Image mirrors are only supported on Hosted Control Plane clusters');
}
