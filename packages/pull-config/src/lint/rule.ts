import type { LocatedObject } from '@pullpath/api';
import type { Diagnostic, DiagnosticCode, Severity } from '@pullpath/diagnostics';
import type { RuleSet, Scope } from '../model.ts';

/**
 * One lint rule: a file in `rules/` that exports one of these, a line in `rules/index.ts`, a code in
 * `diagnostics/codes/lint.ts`, and a fixture pair (a manifest that it reports, one that it does not).
 */
export interface LintRule {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** What goes wrong for a user who ignores it, one or two sentences. */
  readonly why: string;
  /** Yields every place; `report` builds a diagnostic with the rule's code and severity. */
  check(context: LintContext): Iterable<Diagnostic>;
  /** Schema codes that this rule says better: those at the same field are left out. */
  readonly replaces?: readonly DiagnosticCode[];
}

/** What rules look at. Views are computed once and shared. */
export interface LintContext {
  /** Every object of the input in input order, those inside ConfigMap strings after the ConfigMap that holds them. */
  readonly objects: readonly LocatedObject[];
  /** Every pool and NodePool that the input speaks of, with the rules that reach it. */
  readonly scopes: readonly ScopeView[];
}

export interface ScopeView {
  readonly scope: Scope;
  readonly rules: RuleSet;
}
