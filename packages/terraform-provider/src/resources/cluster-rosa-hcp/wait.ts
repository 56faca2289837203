import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Cluster,
  clusterPath,
  getCluster,
  isNotFound,
  listOf,
  type OcmClient,
  recordOf,
} from '@pullpath/ocm-api/client';
import { Failure } from '../../framework/diagnostic.ts';

/** How long to wait, and when to give up. */
export interface Patience {
  readonly minutes: number;
  readonly signal: AbortSignal;
}

/** Looks until the cluster is ready, and gives it. Throws when it went wrong, or is not ready in time. */
export async function waitUntilReady(client: OcmClient, id: string, patience: Patience): Promise<Cluster> {
  return waitFor(patience, `cluster '${id}' to be ready`, async () => {
    const cluster = await getCluster(client, id, { signal: patience.signal });
    if (cluster.state === 'error') throw new Failure('Cluster Creation Failed', `Cluster '${id}' is in state 'error'`);
    return cluster.state === 'ready' ? cluster : undefined;
  });
}

/** Looks until every node pool of the cluster has its nodes. */
export async function waitUntilPoolsComplete(client: OcmClient, id: string, patience: Patience): Promise<void> {
  await waitFor(patience, `the node pools of cluster '${id}' to have their nodes`, async () => {
    const path = `${clusterPath(id)}/node_pools`;
    const answer = await client.send({ method: 'GET', path, query: { size: '-1' }, signal: patience.signal });
    return listOf(recordOf(answer)['items']).every(isComplete) || undefined;
  });
}

/** Looks until the cluster is gone. */
export async function waitUntilGone(client: OcmClient, id: string, patience: Patience): Promise<void> {
  await waitFor(patience, `cluster '${id}' to be gone`, async () => {
    try {
      await getCluster(client, id, { signal: patience.signal });
      return undefined;
    } catch (cause) {
      if (isNotFound(cause)) return true;
      throw cause;
    }
  });
}

function isComplete(item: unknown): boolean {
  const pool = recordOf(item);
  const wanted = Number(pool['replicas'] ?? 0);
  return Number(recordOf(pool['status'])['current_replicas'] ?? 0) >= wanted;
}

// Milliseconds between two looks.
const firstPause = 100;
const longestPause = 5000;

async function waitFor<T>({ minutes, signal }: Patience, what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + minutes * 60_000;
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline)
      throw new Failure('Timed Out', `Waited ${minutes} minutes for ${what}. Apply again to go on waiting.`);
    await sleep(pause, undefined, { signal });
  }
}
