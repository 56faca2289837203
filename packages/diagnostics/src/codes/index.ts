import { convertCodes } from './convert.ts';
import { hypershiftCodes } from './hypershift.ts';
import { lintCodes } from './lint.ts';
import { loadCodes } from './load.ts';
import { nodeConfigCodes } from './node-config.ts';
import { pullCodes } from './pull.ts';
import { runtimeCodes } from './runtimes.ts';
import { schemaCodes } from './schema.ts';

/** A new code is one line in the table of its area. */
export type DiagnosticCode =
  | keyof typeof loadCodes
  | keyof typeof schemaCodes
  | keyof typeof nodeConfigCodes
  | keyof typeof hypershiftCodes
  | keyof typeof pullCodes
  | keyof typeof runtimeCodes
  | keyof typeof lintCodes
  | keyof typeof convertCodes;

/** Every code with its one-line meaning. */
export const diagnosticCodes: Readonly<Record<DiagnosticCode, string>> = {
  ...loadCodes,
  ...schemaCodes,
  ...nodeConfigCodes,
  ...hypershiftCodes,
  ...pullCodes,
  ...runtimeCodes,
  ...lintCodes,
  ...convertCodes,
};
