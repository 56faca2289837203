import { valueAt } from '@pullpath/api';
import type { KubeObject } from '../model.ts';
import { sortNodes, unavailableLimit } from './node-selection.ts';
import { readNodeState } from './node-state.ts';

/** How the nodes of a pool change one after the other. Times are estimates, not promises. */
export interface RolloutEstimate {
  /** Nodes that change; absent when nobody knows. */
  readonly nodes?: number;
  readonly maxUnavailable: number;
  /** Names in the order in which nodes are told, `maxUnavailable` at a time; empty without Node objects. */
  readonly batches: readonly (readonly string[])[];
  /** Range for one node, and for the pool when the number of nodes is known. */
  readonly secondsPerNode: readonly [min: number, max: number];
  readonly seconds?: readonly [min: number, max: number];
  readonly paused: boolean;
}

/** Why no node will be told anything. */
export interface RolloutHindrance {
  readonly hindrance: string;
}

export interface RolloutPool {
  readonly name: string;
  /** The MachineConfigPool, when there is one; without it one node changes at a time. */
  readonly object?: KubeObject | undefined;
  readonly nodes?: readonly KubeObject[] | undefined;
}

/**
 * Order and time range of a rollout: nodes by zone, then the oldest first, `maxUnavailable` together. Per node 15 to 40 s
 * for a reload, 1 to 10 min with a drain, 4 to 10 min with a reboot.
 */
export function estimateRollout(
  pool: RolloutPool,
  { drain, reboot }: { readonly drain: boolean; readonly reboot: boolean },
): RolloutEstimate | RolloutHindrance {
  const count = pool.nodes?.length ?? machineCount(pool.object);
  const limit = unavailableLimit(pool.name, valueAt(pool.object, ['spec', 'maxUnavailable']), count ?? 1);
  if (typeof limit === 'string') return { hindrance: limit };
  const order = sortNodes((pool.nodes ?? []).map(readNodeState)).map(({ name }) => name);
  const secondsPerNode = reboot ? ([240, 600] as const) : drain ? ([60, 600] as const) : ([15, 40] as const);
  const rounds = count === undefined ? undefined : Math.ceil(count / limit);
  return {
    ...(count === undefined ? {} : { nodes: count }),
    maxUnavailable: limit,
    batches: inBatches(order, limit),
    secondsPerNode,
    ...(rounds === undefined ? {} : { seconds: [secondsPerNode[0] * rounds, secondsPerNode[1] * rounds] as const }),
    paused: valueAt(pool.object, ['spec', 'paused']) === true,
  };
}

function machineCount(pool: KubeObject | undefined): number | undefined {
  const count = valueAt(pool, ['status', 'machineCount']);
  return typeof count === 'number' ? count : undefined;
}

function inBatches(names: readonly string[], size: number): string[][] {
  const batches: string[][] = [];
  for (let at = 0; at < names.length; at += size) batches.push(names.slice(at, at + size));
  return batches;
}
