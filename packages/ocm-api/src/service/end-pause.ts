import { valueAt } from '@pullpath/api';
import type { ClusterPatch } from '../hosted-clusters/cluster-store.ts';
import { clusterIdOf, type HostedCluster } from '../hosted-clusters/objects.ts';
import { annotationOf, annotations } from './annotations.ts';
import type { OcmService } from './ocm-service.ts';
import { Refusal } from './refusal.ts';
import { changeCluster } from './write-cluster.ts';

/** Takes a pause of ours that is over out of a cluster, so that no trace of it stays. */
export async function endPause(service: OcmService, clusterId: string): Promise<void> {
  try {
    await changeCluster(service, clusterId, (cluster) => withoutPause(cluster, service.now()));
  } catch (error) {
    // The cluster has gone, or someone else is at it: then there is another end.
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Takes up what another process, or one before this, has left. */
export async function resumePauses(service: OcmService): Promise<void> {
  for (const cluster of await service.store.list()) {
    const until = untilOf(cluster);
    if (until !== undefined) service.pauses.after(clusterIdOf(cluster), Date.parse(until) || 0);
  }
}

function withoutPause(cluster: HostedCluster, now: number): ClusterPatch | undefined {
  const until = untilOf(cluster);
  if (until === undefined || Date.parse(until) > now) return undefined;
  const isOurs = cluster.spec?.pausedUntil === until;
  return { annotations: { [annotations.settling]: null }, ...(isOurs ? { spec: { pausedUntil: null } } : {}) };
}

function untilOf(cluster: HostedCluster): string | undefined {
  const until = valueAt(annotationOf(cluster, annotations.settling), ['until']);
  return typeof until === 'string' ? until : undefined;
}
