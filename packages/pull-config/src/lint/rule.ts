import type { LocatedObject } from '@pullpath/api';
import type { Diagnostic, DiagnosticCode, Severity } from '@pullpath/diagnostics';
import type { RenderedScope } from '../render-scope.ts';

/**
 * One lint rule: a file in `rules/` that exports one of these, a line in `rules/index.ts`, a code in
 * `diagnostics/codes/lint.ts`, and a fixture pair (a manifest that it reports, one that it does not).
 */
export interface LintRule {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** What goes wrong for a user who ignores it, one or two sentences. */
  readonly why: string;
  /** Yields every place, with the rule's own code and severity. */
  check(context: LintContext): Iterable<Diagnostic>;
  /** Codes of other checks that this rule says better: those at the same place are left out. */
  readonly replaces?: readonly DiagnosticCode[];
}

/** What rules look at; everything is computed once and shared. */
export interface LintContext {
  /** Every object of the input in input order, those inside ConfigMap strings after the ConfigMap that holds them. */
  readonly objects: readonly LocatedObject[];
  /** Every pool and NodePool that the input speaks of, as far as it can be rendered. */
  readonly scopes: readonly RenderedScope[];
}
