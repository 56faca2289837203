import { rfc3339, setCondition } from '@pullpath/kube-client';
import { calculatePoolStatus, type PoolCondition, type RolloutHold, readNodeState } from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import type { OwnedObjects } from '../../manager/owned-objects.ts';

/** What is said of a pool beside what its nodes say. */
export interface PoolFindings {
  /** What keeps its rules from being rendered; empty for nothing. */
  readonly fault: string;
  readonly hold: RolloutHold | undefined;
}

/** Writes the status of a pool from its nodes (node-config 2.5), if anything in it has changed. */
export async function writePoolStatus(
  pools: OwnedObjects,
  pool: LiveObject,
  nodes: readonly LiveObject[],
  findings: PoolFindings,
  nowMs: number,
): Promise<void> {
  const judged = withFindings(pool, findings, nowMs);
  const states = nodes.map((node) => readNodeState(node as never));
  const status = calculatePoolStatus(judged as never, states, rfc3339(nowMs));
  await pools.patchStatus(pool, { ...status, conditions: withFirstTimes(status.conditions, nowMs) });
}

const holds: Readonly<Record<RolloutHold, string>> = {
  paused: 'the pool is paused',
  failures: 'as many nodes have failed as the pool allows; repair them, or go back with "pullpath rollout undo"',
  canaries: 'the canaries have it; "pullpath rollout resume" lets the others follow',
};

function withFindings(pool: LiveObject, { fault, hold }: PoolFindings, nowMs: number): LiveObject {
  const { conditions = [], ...status } = (pool.status ?? {}) as { conditions?: never[] };
  const render = { type: 'RenderDegraded', ...verdict(fault !== '', 'RulesRefused', fault) };
  const held = { type: 'Held', ...verdict(hold !== undefined && hold !== 'paused', 'Held', hold ? holds[hold] : '') };
  const withBoth = [render, held].reduce(
    (all, condition) => setCondition(all, condition, nowMs) as never[],
    conditions,
  );
  return { ...pool, status: { ...status, conditions: withBoth } };
}

function verdict(holds: boolean, reason: string, message: string) {
  return holds
    ? { status: 'True' as const, reason, message }
    : { status: 'False' as const, reason: 'AsExpected', message: '' };
}

// A condition that was never written has no time yet.
function withFirstTimes(conditions: readonly PoolCondition[], nowMs: number): readonly PoolCondition[] {
  return conditions.map((condition) => ({ lastTransitionTime: rfc3339(nowMs), ...condition }));
}
