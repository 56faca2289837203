import type { Scalar } from 'yaml';
import { blockRuns } from './block-scalar-runs.ts';
import { doubleQuotedRuns, foldedRuns } from './flow-scalar-runs.ts';

/** A stretch of a value and the stretch of the source that it comes from. Equal lengths mean character by character. */
export interface Run {
  readonly inner: number;
  readonly innerLength: number;
  readonly outer: number;
  readonly outerLength: number;
}

/** The value of a scalar together with where its characters stand, as offsets from the start of `source`. */
export interface ScalarRuns {
  readonly value: string;
  readonly runs: readonly Run[];
}

/** Reads the source of a scalar (quotes and block header included) of any YAML style. `value` is what a parser made of it. */
export function scalarRuns(source: string, type: Scalar.Type, value: string): ScalarRuns {
  switch (type) {
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED':
      return blockRuns(source, type === 'BLOCK_FOLDED', value);
    case 'QUOTE_DOUBLE':
      return doubleQuotedRuns(source);
    case 'QUOTE_SINGLE':
      return foldedRuns(source, 1, source.length - 1, "''");
    case 'PLAIN':
      return foldedRuns(source, 0, source.length, undefined);
  }
}
