import type { LintRule } from '../rule.ts';

/** Every rule, in the order of their topics. */
export const lintRules: readonly LintRule[] = [];
