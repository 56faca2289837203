export { collectRules } from './collect-rules.ts';
export type { Collected, CollectOptions } from './collected.ts';
export { listScopes } from './list-scopes.ts';
export { isMirrorObject, mirrorRulesOf } from './mirror-rules.ts';
export { builtInPools } from './pools.ts';
