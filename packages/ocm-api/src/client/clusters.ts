import type { Cluster } from '../model/cluster.ts';
import type { Page } from '../model/page.ts';
import type { RegistryConfig } from '../model/registry-config.ts';
import type { CallOptions, OcmClient } from './ocm-client.ts';
import { getAll, getPage, type ListQuery, type PageQuery } from './pages.ts';
import { clusterPath, clustersPath } from './paths.ts';
import { recordOf, textOf } from './read-json.ts';

/** `GET /clusters`, all pages. */
export function listClusters(client: OcmClient, query: ListQuery = {}): Promise<readonly Cluster[]> {
  return getAll(client, clustersPath, query, clusterOf);
}

/** `GET /clusters`, one page. */
export function getClusterPage(client: OcmClient, query: PageQuery): Promise<Page<Cluster>> {
  return getPage(client, clustersPath, query, clusterOf);
}

/** `GET /clusters/{id}`. */
export async function getCluster(client: OcmClient, id: string, { signal }: CallOptions = {}): Promise<Cluster> {
  return clusterOf(await client.send({ method: 'GET', path: clusterPath(id), signal }));
}

/** `POST /clusters`. */
export async function createCluster(
  client: OcmClient,
  cluster: object,
  { signal }: CallOptions = {},
): Promise<Cluster> {
  const body = { kind: 'Cluster', ...cluster };
  return clusterOf(await client.send({ method: 'POST', path: clustersPath, body, signal }));
}

/** `PATCH /clusters/{id}`: members that are absent stay as they are. */
export async function patchCluster(
  client: OcmClient,
  id: string,
  change: object,
  { signal }: CallOptions = {},
): Promise<Cluster> {
  const body = { kind: 'Cluster', ...change };
  return clusterOf(await client.send({ method: 'PATCH', path: clusterPath(id), body, signal }));
}

/** Changes the registry configuration of a hosted cluster; an empty list removes one. */
export function patchRegistryConfig(
  client: OcmClient,
  id: string,
  registryConfig: RegistryConfig,
  options: CallOptions = {},
): Promise<Cluster> {
  return patchCluster(client, id, { registry_config: registryConfig }, options);
}

/** `DELETE /clusters/{id}`. */
export async function deleteCluster(client: OcmClient, id: string, { signal }: CallOptions = {}): Promise<void> {
  await client.send({ method: 'DELETE', path: clusterPath(id), signal });
}

/** Reads a cluster of a server. */
export function clusterOf(json: unknown): Cluster {
  const object = recordOf(json);
  return {
    ...object,
    id: textOf(object['id']) ?? '',
    name: textOf(object['name']) ?? '',
    state: textOf(object['state']) ?? 'unknown',
  };
}

/** Whether its control plane is hosted: others have no image mirrors. */
export function isHosted(cluster: Cluster): boolean {
  return recordOf(cluster.hypershift)['enabled'] === true;
}
