import { type Condition, rfc3339, setCondition } from '@pullpath/kube-client';
import { calculatePoolStatus, type PoolCondition, readNodeState } from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import { located } from '../../manager/located.ts';
import type { OwnedObjects } from '../../manager/owned-objects.ts';
import type { Held } from './roll-out.ts';

/** What is said of a pool beside what its nodes say. */
export interface PoolFindings {
  /** What keeps its rules from being rendered; empty for nothing. */
  readonly fault: string;
  readonly held: Held | undefined;
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
  const states = nodes.map((node) => readNodeState(located(node).object));
  const status = calculatePoolStatus(located(judged).object, states, rfc3339(nowMs));
  await pools.patchStatus(pool, { ...status, conditions: withFirstTimes(status.conditions, nowMs) });
}

/** The message of a condition of a pool; empty for none. */
export function conditionMessage(pool: LiveObject, type: string): string {
  return conditionsOf(pool).find((condition) => condition.type === type)?.message ?? '';
}

function withFindings(pool: LiveObject, { fault, held }: PoolFindings, nowMs: number): LiveObject {
  const refused = fault === '' ? undefined : { reason: 'RulesRefused', message: fault };
  const conditions = [
    { type: 'RenderDegraded', ...verdict(refused) },
    { type: 'Held', ...verdict(held) },
  ].reduce<readonly Condition[]>((all, condition) => setCondition(all, condition, nowMs), conditionsOf(pool));
  return { ...pool, status: { ...(pool.status as object | undefined), conditions } };
}

function verdict(found: Held | undefined): Pick<Condition, 'status' | 'reason' | 'message'> {
  return found ? { status: 'True', ...found } : { status: 'False', reason: 'AsExpected', message: '' };
}

function conditionsOf({ status }: LiveObject): readonly Condition[] {
  return (status as { readonly conditions?: readonly Condition[] } | undefined)?.conditions ?? [];
}

// A condition that was never written has no time yet.
function withFirstTimes(conditions: readonly PoolCondition[], nowMs: number): readonly PoolCondition[] {
  return conditions.map((condition) => ({ lastTransitionTime: rfc3339(nowMs), ...condition }));
}
