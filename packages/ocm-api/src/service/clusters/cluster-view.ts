import { valueAt } from '@pullpath/api';
import { clusterIdOf, type HostedCluster, type NodePool } from '../../hosted-clusters/objects.ts';
import type { Cluster } from '../../model/cluster.ts';
import { hrefs } from '../hrefs.ts';
import { registryConfigView } from '../registry-config/registry-config-view.ts';
import { keptMembers, type Members } from './cluster-members.ts';
import { clusterStateOf } from './cluster-state.ts';

/** What other objects tell of a cluster. */
export interface ClusterDetails {
  readonly pools?: readonly NodePool[] | undefined;
  /** Data of the ConfigMap of its `additionalTrustedCA`. */
  readonly trustedCa?: Readonly<Record<string, string>> | undefined;
}

/**
 * A HostedCluster as the API shows it. What is hosted by others (`hypershift.enabled` false) can be recorded in the
 * annotation `ocm.pullpath.dev/cluster`.
 */
export function clusterView(cluster: HostedCluster, { pools, trustedCa }: ClusterDetails = {}): Cluster {
  const { metadata } = cluster;
  const kept = keptMembers(cluster);
  const id = clusterIdOf(cluster);
  const { state, description } = clusterStateOf(cluster);
  const version = versionOf(cluster);
  const registryConfig = registryConfigView(cluster, trustedCa);
  return {
    ...kept,
    kind: 'Cluster',
    id,
    href: hrefs.cluster(id),
    name: metadata.name ?? '',
    external_id: typeof kept['external_id'] === 'string' ? kept['external_id'] : (metadata.uid ?? ''),
    creation_timestamp: metadata.creationTimestamp ?? '',
    product: { kind: 'ProductLink', id: 'rosa', ...recordOf(kept['product']) },
    hypershift: { enabled: true, ...recordOf(kept['hypershift']) },
    ...apiOf(cluster),
    ...(pools === undefined ? {} : { nodes: { ...recordOf(kept['nodes']), compute: wantedNodes(pools) } }),
    state,
    status: { state, description, ...(pools === undefined ? {} : { current_compute: currentNodes(pools) }) },
    ...(version === undefined ? {} : { openshift_version: version, version: versionLink(version, kept['version']) }),
    ...(registryConfig === undefined ? {} : { registry_config: registryConfig }),
  };
}

/** Names with dots that a list of clusters may be searched and ordered by. */
export function isClusterField(name: string): boolean {
  const [first = '', ...rest] = name.split('.');
  return rest.length === 0 ? plainFields.has(first) : nestedFields.has(first);
}

const plainFields: ReadonlySet<string> = new Set([
  'id',
  'name',
  'external_id',
  'display_name',
  'domain_prefix',
  'state',
  'openshift_version',
  'creation_timestamp',
  'multi_az',
  'managed',
]);

const nestedFields: ReadonlySet<string> = new Set([
  'product',
  'hypershift',
  'region',
  'cloud_provider',
  'version',
  'aws',
  'properties',
  'nodes',
  'status',
  'registry_config',
]);

function versionOf(cluster: HostedCluster): string | undefined {
  const history = valueAt(cluster, ['status', 'version', 'history']);
  const completed = Array.isArray(history)
    ? history.find((entry) => valueAt(entry, ['state']) === 'Completed')
    : undefined;
  const found = valueAt(completed, ['version']) ?? wantedVersion(keptMembers(cluster));
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** What a cluster that has not come up yet was asked to run. */
function wantedVersion(members: Members): unknown {
  const id = valueAt(members, ['version', 'raw_id']) ?? valueAt(members, ['version', 'id']);
  return typeof id === 'string' ? id.replace(/^openshift-v/, '') : undefined;
}

function versionLink(version: string, kept: unknown): object {
  return { kind: 'Version', ...recordOf(kept), id: `openshift-v${version}`, raw_id: version };
}

/** Where the API of the cluster is, once it is anywhere. */
function apiOf(cluster: HostedCluster): object {
  const host = valueAt(cluster, ['status', 'controlPlaneEndpoint', 'host']);
  const port = valueAt(cluster, ['status', 'controlPlaneEndpoint', 'port']);
  return typeof host === 'string' && typeof port === 'number' ? { api: { url: `https://${host}:${port}` } } : {};
}

function wantedNodes(pools: readonly NodePool[]): number {
  return pools.reduce((sum, { spec }) => sum + Number(spec?.replicas ?? 0), 0);
}

function currentNodes(pools: readonly NodePool[]): number {
  return pools.reduce((sum, pool) => sum + Number(valueAt(pool, ['status', 'replicas']) ?? 0), 0);
}

function recordOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
