export { manifestsText } from './manifests.ts';
export type { FuzzBudget, FuzzMeasurement } from './measure-target.ts';
export { measureTarget } from './measure-target.ts';
export type { Random } from './random.ts';
export { seeded } from './random.ts';
export type { FuzzFailure } from './run-target.ts';
export { checkSeed, runTarget } from './run-target.ts';
export type { FuzzTarget } from './target.ts';
export { fuzzTargets } from './targets/index.ts';
