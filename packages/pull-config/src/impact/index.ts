export type { FileChange } from './changed-files.ts';
export { diffNodeFiles } from './changed-files.ts';
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
export type { Candidates, PoolLimits } from './node-selection.ts';
export { candidateNodes, maxUnavailable, selectNodes, sortNodes } from './node-selection.ts';
export type { NodeState } from './node-state.ts';
export {
  isDegraded,
  isDone,
  isFailing,
  isTargeting,
  isUnavailable,
  nodeAnnotations,
  readNodeState,
} from './node-state.ts';
export type { PoolCondition, PoolStatus } from './pool-status.ts';
export { calculatePoolStatus } from './pool-status.ts';
export type { RolloutDecision, RolloutOptions } from './rollout-decision.ts';
export { nodeDisruptionActions, rolloutDecision } from './rollout-decision.ts';
export type { RegistriesConfSafety, UnsafeChange, UnsafeKind } from './safe-change.ts';
export { isSafeRegistriesConfChange } from './safe-change.ts';
