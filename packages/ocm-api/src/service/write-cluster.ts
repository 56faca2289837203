import { isConflict, pause } from '@pullpath/kube-client';
import type { ClusterPatch } from '../hosted-clusters/cluster-store.ts';
import type { HostedCluster } from '../hosted-clusters/objects.ts';
import type { OcmService } from './ocm-service.ts';
import { conflict, notFound } from './refusal.ts';
import { settlingOf, settlingPatch } from './settle.ts';

/** What a change makes of a cluster; undefined where there is nothing to write. */
export type ClusterChange = (cluster: HostedCluster) => ClusterPatch | undefined | Promise<ClusterPatch | undefined>;

const attempts = 8;
/** Milliseconds before the second attempt; doubled after each: an API server shows what it wrote once that is on its disk. */
const firstPause = 5;

/** Changes a cluster as `changeCluster` does, and holds its rollout back for a moment: edits close together are one. */
export async function writeCluster(service: OcmService, id: string, change: ClusterChange): Promise<HostedCluster> {
  const written = await changeCluster(service, id, async (cluster) => {
    const patch = await change(cluster);
    return patch && settlingPatch(cluster, patch, service);
  });
  const settling = settlingOf(written, service.now());
  if (settling) service.pauses.after(id, settling.until);
  return written;
}

/**
 * Reads a cluster, changes it, and writes it, one write of a cluster after another. A write of someone else in between is
 * no matter while it left alone what the change looked at (a controller's status); else it is a 409 with the words of the
 * API underneath. Throws a 404 for a cluster that is not there.
 */
export async function changeCluster(service: OcmService, id: string, change: ClusterChange): Promise<HostedCluster> {
  return service.turns(id, async () => {
    let first: HostedCluster | undefined;
    for (let attempt = 1; ; attempt++) {
      const cluster = await service.store.find(id);
      if (!cluster) throw notFound(`Cluster '${id}' not found`);
      if (first && (attempt > attempts || !isSameForUs(first, cluster))) throw modified(id);
      first ??= cluster;
      const written = await tryWrite(service, cluster, change);
      if (written) return written;
      await pause(service.clock, firstPause * 2 ** (attempt - 1));
    }
  });
}

async function tryWrite(
  service: OcmService,
  cluster: HostedCluster,
  change: ClusterChange,
): Promise<HostedCluster | undefined> {
  const patch = await change(cluster);
  if (!patch) return cluster;
  try {
    return await service.store.patch(cluster, patch);
  } catch (error) {
    if (isConflict(error)) return undefined;
    throw error;
  }
}

function isSameForUs(one: HostedCluster, other: HostedCluster): boolean {
  return JSON.stringify(lookedAt(one)) === JSON.stringify(lookedAt(other));
}

function lookedAt({ metadata, spec }: HostedCluster): readonly unknown[] {
  return [metadata.uid, metadata.annotations, metadata.deletionTimestamp, spec];
}

function modified(id: string): Error {
  return conflict(
    `Operation cannot be fulfilled on cluster '${id}': the object has been modified; please apply your changes to the latest version and try again`,
  );
}
