import type { DiagnosticCode } from './codes/index.ts';
import type { SourceSpan, TextEdit } from './span.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A mistake in what the user gave us. Collected, never thrown: a run reports all of them. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One sentence without a trailing period. */
  readonly message: string;
  /** Where it stands; absent only for objects that came from no file. */
  readonly at?: SourceSpan | undefined;
  /** The object and field it is about, e.g. `ImageTagMirrorSet/rhel9` and `spec.imageTagMirrors[1].source`. */
  readonly object?: string | undefined;
  readonly path?: string | undefined;
  /** Other places that take part: a fault between two objects names both. */
  readonly related?: readonly RelatedPlace[] | undefined;
  /** What was expected, shown beside the carets. */
  readonly expected?: string | undefined;
  /** What to do, or why it matters. */
  readonly hint?: string | undefined;
  /** A safe repair that `lint --fix` may apply. */
  readonly fix?: Fix | undefined;
}

export interface RelatedPlace {
  readonly message: string;
  readonly at?: SourceSpan | undefined;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** True when at least one diagnostic is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
