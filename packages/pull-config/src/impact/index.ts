export type { FileChange } from './changed-files.ts';
export { diffNodeFiles } from './changed-files.ts';
export { disruptionPoliciesOf, poolMembers, poolOfNode } from './cluster-objects.ts';
export { diffRules } from './diff-rules.ts';
export type {
  DisruptionAction,
  FilePolicy,
  NodeDisruptionPolicies,
  UnitPolicy,
  UserDisruptionPolicies,
} from './disruption-policies.ts';
export {
  closestPathPolicy,
  defaultNodeDisruptionPolicies,
  mergeNodeDisruptionPolicies,
} from './disruption-policies.ts';
export type { FirstBootAction } from './first-boot.ts';
export { firstBootActions, isDrainRequiredFirstBoot } from './first-boot.ts';
export type { FormatBoardOptions } from './format-board.ts';
export { formatBoard } from './format-board.ts';
export type { FormatPlanOptions } from './format-plan.ts';
export { formatPlan } from './format-plan.ts';
export { formatRuleChanges } from './format-rules.ts';
export type { ImageList, ImageUse } from './image-list.ts';
export { parseImageList, podImages } from './image-list.ts';
export type { LineRun } from './line-diff.ts';
export { diffLines } from './line-diff.ts';
export type { RolloutBounds, RolloutHold } from './next-nodes.ts';
export { nextNodes } from './next-nodes.ts';
export type { Candidates, PoolLimits } from './node-selection.ts';
export { candidateNodes, maxUnavailable, selectNodes, sortNodes, unavailableLimit } from './node-selection.ts';
export type { NodeState } from './node-state.ts';
export {
  drainForRemoval,
  isDegraded,
  isDone,
  isFailing,
  isTargeting,
  isUnavailable,
  nodeAnnotations,
  readNodeState,
} from './node-state.ts';
export type { Because, Plan, PlannedFile, PlannedPool, PoolAction, PoolPlan, PoolState } from './plan.ts';
export type { PlanInput } from './plan-change.ts';
export { planChange } from './plan-change.ts';
export { plannedPool, poolState } from './planned-pool.ts';
export type { PoolCondition, PoolStatus } from './pool-status.ts';
export { calculatePoolStatus } from './pool-status.ts';
export type { PlannedAttempt, PullChange, PullChanges } from './pull-changes.ts';
export { comparePulls } from './pull-changes.ts';
export type { BoardNode, BoardPool, RolloutBoard } from './rollout-board.ts';
export { needsAttention, nodePoolBoard, rolloutBoard } from './rollout-board.ts';
export type { RolloutDecision, RolloutOptions } from './rollout-decision.ts';
export { nodeDisruptionActions, rolloutDecision } from './rollout-decision.ts';
export type { RolloutEstimate, RolloutHindrance, RolloutPool } from './rollout-estimate.ts';
export { estimateRollout } from './rollout-estimate.ts';
export type { RolloutPhase } from './rollout-phase.ts';
export { rolloutPhase } from './rollout-phase.ts';
export type { RuleChange, RuleSubject } from './rule-changes.ts';
export type { RegistriesConfSafety, UnsafeChange, UnsafeKind } from './safe-change.ts';
export { isSafeRegistriesConfChange, registriesConfSafety } from './safe-change.ts';
export { aligned } from './text-table.ts';
export { unifiedDiff } from './unified-diff.ts';
