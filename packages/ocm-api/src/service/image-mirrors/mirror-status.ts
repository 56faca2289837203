import { valueAt } from '@pullpath/api';
import { findCondition } from '@pullpath/kube-client';
import { clusterIdOf, type HostedCluster, type NodePool } from '../../hosted-clusters/objects.ts';
import type { MirrorStatus, PoolStatus } from '../../model/mirror-status.ts';
import { conditionsOf } from '../clusters/cluster-state.ts';
import { hrefs } from '../hrefs.ts';
import type { OcmService } from '../ocm-service.ts';
import { settlingOf } from '../settle.ts';
import type { StoredMirror } from './stored-mirrors.ts';

/** How far a mirror has come, or all of a cluster: which node pools have them, and what those that do not say. */
export async function mirrorStatus(
  service: OcmService,
  cluster: HostedCluster,
  mirror?: StoredMirror,
): Promise<MirrorStatus> {
  const settling = settlingOf(cluster, service.now());
  const isAccepted = settling === undefined && isObserved(cluster);
  const carried = isAccepted ? await service.store.carriedMirrors(cluster) : undefined;
  const pools = (await service.store.nodePools(cluster)).map((pool) =>
    poolStatus(pool, isAccepted && hasTaken(pool, carried, service.store.mirrorsOfNodes(pool)), waitsFor(cluster)),
  );
  return {
    kind: 'ImageMirrorStatus',
    ...(mirror === undefined ? {} : { id: mirror.id }),
    href: hrefs.mirrorStatus(clusterIdOf(cluster), mirror?.id),
    state: stateOf(pools),
    debounce_ms: service.debounceMs,
    ...(settling === undefined ? {} : { rollout_not_before: new Date(settling.until).toISOString() }),
    node_pools: pools.map(({ failed: _failed, ...pool }) => pool),
  };
}

interface JudgedPool extends PoolStatus {
  readonly failed: boolean;
}

/** Whether the operator has seen the newest spec of the cluster. */
function isObserved(cluster: HostedCluster): boolean {
  const seen = findCondition(conditionsOf(cluster), 'ReconciliationSucceeded')?.observedGeneration;
  return seen !== undefined && seen >= (cluster.metadata.generation ?? 0);
}

// Conditions that keep a pool from taking a change (hypershift 1.10).
const obstacles = ['ValidMachineConfig', 'ValidGeneratedPayload', 'ReconciliationActive'];

/** Whether all nodes of a pool have what the control plane carries: by its hash where that is noted, else as the pool says. */
function hasTaken(pool: NodePool, carried: string | undefined, ofNodes: string | undefined): boolean {
  return carried === undefined || ofNodes === undefined ? isIdle(pool) : carried === ofNodes;
}

/** Why nothing goes on: someone has paused the cluster, or its operator has not come to it. */
function waitsFor(cluster: HostedCluster): string {
  const active = findCondition(conditionsOf(cluster), 'ReconciliationActive');
  return active?.status === 'False' ? active.message : 'waiting for the rollout to begin';
}

function poolStatus(pool: NodePool, hasIt: boolean, waiting: string): JudgedPool {
  const conditions = conditionsOf(pool);
  const updating = findCondition(conditions, 'UpdatingConfig');
  const obstacle = obstacles
    .map((type) => findCondition(conditions, type))
    .find((condition) => condition?.status === 'False');
  const isUpdated = hasIt && !obstacle;
  const message = obstacle?.message ?? (updating?.status === 'True' ? updating.message : waiting);
  return {
    id: pool.metadata.name ?? '',
    updated: isUpdated,
    replicas: Number(valueAt(pool, ['status', 'replicas']) ?? 0),
    failed: obstacle !== undefined || updating?.reason === 'InplaceUpgradeFailed',
    ...(isUpdated ? {} : { message }),
  };
}

function isIdle(pool: NodePool): boolean {
  const updating = findCondition(conditionsOf(pool), 'UpdatingConfig');
  const seen = updating?.observedGeneration ?? Number.POSITIVE_INFINITY;
  return updating?.status === 'False' && seen >= (pool.metadata.generation ?? 0);
}

function stateOf(pools: readonly JudgedPool[]): MirrorStatus['state'] {
  if (pools.some(({ failed }) => failed)) return 'failed';
  return pools.every(({ updated }) => updated) ? 'ready' : 'pending';
}
