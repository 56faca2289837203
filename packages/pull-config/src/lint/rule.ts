import type { LocatedObject } from '@pullpath/api';
import type { Diagnostic, DiagnosticCode, Severity } from '@pullpath/diagnostics';
import type { MirrorRule } from '../model.ts';
import type { RenderedScope } from '../render-scope.ts';
import type { RegistryScope } from './mirror-entries.ts';
import type { MirrorGroup } from './mirror-groups.ts';

/**
 * One lint rule: a file in `rules/` that exports one of these, a line in `rules/index.ts`, a code in
 * `diagnostics/codes/lint.ts`, and a fixture pair (a manifest that it reports, one that it does not).
 */
export interface LintRule {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** What goes wrong for a user who ignores it, one or two sentences. */
  readonly why: string;
  /** Yields every place, with the rule's own code and at most its severity. */
  check(context: LintContext): Iterable<Diagnostic>;
  /** Codes of other checks that this rule says better: those at the same place are left out. */
  readonly replaces?: readonly DiagnosticCode[];
  /** Set where a repair changes what nodes read, because what nodes read now is not what the user means. */
  readonly changesNodeFiles?: true;
}

/** What rules look at; everything is computed once and shared. */
export interface LintContext {
  /** Every object of the input in input order, those inside ConfigMap strings after the ConfigMap that holds them. */
  readonly objects: readonly LocatedObject[];
  /** Every pool and NodePool that the input speaks of, as far as it can be rendered. */
  readonly scopes: readonly RenderedScope[];
  /** Every mirror entry of the objects, in whichever kind and however wrong. */
  readonly mirrorEntries: readonly MirrorRule[];
  /** Every entry of the lists of `registrySources`. */
  readonly registryScopes: readonly RegistryScope[];
  /** The rules that meet on the same nodes, merged. */
  readonly mirrorGroups: readonly MirrorGroup[];
}
