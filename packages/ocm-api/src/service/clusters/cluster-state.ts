import { valueAt } from '@pullpath/api';
import { type Condition, findCondition } from '@pullpath/kube-client';
import type { HostedCluster } from '../../hosted-clusters/objects.ts';
import type { ClusterState } from '../../model/cluster.ts';

/**
 * The state of a cluster: `ready` once its control plane was available; a control plane that is away for a moment does not
 * take that back, as in OCM. One that cannot come up by itself is in `error`.
 */
export function clusterStateOf(cluster: HostedCluster): { readonly state: ClusterState; readonly description: string } {
  if (cluster.metadata.deletionTimestamp !== undefined) return { state: 'uninstalling', description: '' };
  const conditions = conditionsOf(cluster);
  const available = findCondition(conditions, 'Available');
  const description = available?.status === 'True' ? '' : (available?.message ?? '');
  if (available?.status === 'True' || wasCompleted(cluster)) return { state: 'ready', description };
  const invalid = findCondition(conditions, 'ValidConfiguration');
  if (invalid?.status === 'False') return { state: 'error', description: invalid.message };
  return { state: conditions.length === 0 ? 'pending' : 'installing', description };
}

/** The conditions in the status of an object. */
export function conditionsOf(object: { readonly status?: unknown }): readonly Condition[] {
  const conditions = valueAt(object, ['status', 'conditions']);
  return Array.isArray(conditions) ? conditions : [];
}

function wasCompleted(cluster: HostedCluster): boolean {
  const history = valueAt(cluster, ['status', 'version', 'history']);
  return Array.isArray(history) && history.some((entry) => valueAt(entry, ['state']) === 'Completed');
}
