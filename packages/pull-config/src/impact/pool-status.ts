import { valueAt } from '@pullpath/api';
import type { KubeObject } from '../model.ts';
import { isDegraded, isDone, isTargeting, isUnavailable, type NodeState } from './node-state.ts';

export interface PoolCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  /** RFC 3339; kept while the status stays, set to `now` of the call when it changes. */
  readonly lastTransitionTime?: string | undefined;
}

/** `MachineConfigPool.status` as far as nodes decide it. */
export interface PoolStatus {
  readonly observedGeneration: number;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly machineCount: number;
  readonly updatedMachineCount: number;
  readonly readyMachineCount: number;
  readonly unavailableMachineCount: number;
  readonly degradedMachineCount: number;
  readonly conditions: readonly PoolCondition[];
}

/**
 * The status of a pool from its nodes (machine-config-operator `calculateStatus`). A condition that changes moves behind
 * those that stay. An empty pool is updated. `now` stamps conditions whose status changes; without it none is stamped.
 */
export function calculatePoolStatus(pool: KubeObject, nodes: readonly NodeState[], now?: string): PoolStatus {
  const name = valueAt(pool, ['spec', 'configuration', 'name']);
  const target = typeof name === 'string' ? name : '';
  const updated = nodes.filter((node) => isDone(node) && isTargeting(node, target));
  const counts = {
    machineCount: nodes.length,
    updatedMachineCount: updated.length,
    readyMachineCount: updated.filter(({ ready }) => ready).length,
    unavailableMachineCount: nodes.filter(isUnavailable).length,
    degradedMachineCount: nodes.filter(isDegraded).length,
  };
  const allUpdated = counts.readyMachineCount === nodes.length && counts.unavailableMachineCount === 0;
  const old = conditionsOf(pool);
  const changes = [
    ...progress(allUpdated, valueAt(pool, ['spec', 'paused']) === true, target),
    ...degradation(counts.degradedMachineCount, old),
  ];
  return {
    observedGeneration: Number(pool.metadata['generation'] ?? 0),
    configuration: configurationOf(pool, allUpdated ? 'spec' : 'status'),
    ...counts,
    conditions: changes.reduce((conditions, change) => setCondition(conditions, change, now), old),
  };
}

function progress(allUpdated: boolean, paused: boolean, target: string): PoolCondition[] {
  const config = `MachineConfig ${target}`;
  if (allUpdated)
    return [condition('Updated', true, `All nodes are updated with ${config}`), condition('Updating', false)];
  const updating = paused
    ? condition('Updating', false, `Pool is paused; will not update to ${config}`)
    : condition('Updating', true, `All nodes are updating to ${config}`);
  return [condition('Updated', false), updating];
}

function degradation(degraded: number, old: readonly PoolCondition[]): PoolCondition[] {
  const reason = degraded > 0 ? `${degraded} nodes are reporting degraded status on sync` : '';
  const others = ['RenderDegraded', 'ImageBuildDegraded', 'PinnedImageSetsDegraded'];
  const other = old.some(({ type, status }) => others.includes(type) && status === 'True');
  return [condition('NodeDegraded', degraded > 0, '', reason), condition('Degraded', degraded > 0 || other)];
}

function condition(type: string, holds: boolean, message = '', reason = ''): PoolCondition {
  return { type, status: holds ? 'True' : 'False', reason, message };
}

function setCondition(conditions: readonly PoolCondition[], change: PoolCondition, now?: string): PoolCondition[] {
  const current = conditions.find(({ type }) => type === change.type);
  const sameStatus = current?.status === change.status;
  if (current && sameStatus && current.reason === change.reason && current.message === change.message) {
    return [...conditions];
  }
  const lastTransitionTime = sameStatus ? current.lastTransitionTime : now;
  const stamped = lastTransitionTime === undefined ? change : { ...change, lastTransitionTime };
  return [...conditions.filter(({ type }) => type !== change.type), stamped];
}

function configurationOf(pool: KubeObject, part: 'spec' | 'status'): PoolStatus['configuration'] {
  const configuration = valueAt(pool, [part, 'configuration']);
  return typeof configuration === 'object' && configuration !== null ? { ...configuration } : {};
}

function conditionsOf(pool: KubeObject): readonly PoolCondition[] {
  const conditions = valueAt(pool, ['status', 'conditions']);
  return (Array.isArray(conditions) ? conditions : []).map((entry: PoolCondition) => ({
    ...entry,
    reason: entry.reason ?? '',
    message: entry.message ?? '',
  }));
}
