export type { Oracle, Skippable } from './oracle.ts';
export { findOracle, oracleOrSkip, startOracle } from './oracle.ts';
export { differenceOf } from './vectors/compare.ts';
export type { GroupResult } from './vectors/run-vectors.ts';
export { runVectors } from './vectors/run-vectors.ts';
export type { VectorCase } from './vectors/vector-file.ts';
export { areaName, parseVectorFile } from './vectors/vector-file.ts';
