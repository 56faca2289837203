import { compareBytes } from '../formats/go-order.ts';
import { diffNodeFiles } from './changed-files.ts';
import { diffRules } from './diff-rules.ts';
import type { NodeDisruptionPolicies } from './disruption-policies.ts';
import type { ImageUse } from './image-list.ts';
import type { Plan, PlannedFile, PlannedPool } from './plan.ts';
import { planPool } from './plan-pool.ts';
import { planPulls } from './plan-pulls.ts';
import type { RuleChange } from './rule-changes.ts';

export interface PlanInput {
  readonly pools: readonly PlannedPool[];
  readonly images?: readonly ImageUse[] | undefined;
  /** The merged policies of the cluster; the defaults when absent. */
  readonly disruption?: NodeDisruptionPolicies | undefined;
}

/**
 * What a change of rules does before it is made: rules, files of the nodes, actions of every pool with the reasons, and
 * the pulls of running images. With several pools a pull counts as the worst that any of them makes of it.
 */
export function planChange({ pools, images = [], disruption }: PlanInput): Plan {
  return {
    rules: distinct(pools.flatMap(({ before, after }) => diffRules(before.rules, after.rules))),
    files: changedFiles(pools),
    pools: pools.map((pool) => planPool(pool, disruption)),
    pulls: planPulls(pools, images),
  };
}

// Rules that several pools share change once.
function distinct(changes: readonly RuleChange[]): RuleChange[] {
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}

function changedFiles(pools: readonly PlannedPool[]): PlannedFile[] {
  const files = new Map<string, PlannedFile>();
  for (const { name, before, after } of pools) {
    for (const { path, change } of diffNodeFiles(before.files, after.files)) {
      const key = `${path}\n${change}`;
      files.set(key, { path, change, pools: [...(files.get(key)?.pools ?? []), name] });
    }
  }
  return [...files.values()].sort((left, right) => compareBytes(left.path, right.path));
}
