export type { LintOptions } from './lint-objects.ts';
export { lintObjects } from './lint-objects.ts';
export { misnamedObjects } from './misnamed-objects.ts';
export type { LintContext, LintRule } from './rule.ts';
export { lintRules } from './rules/index.ts';
