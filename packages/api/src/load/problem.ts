import type { Diagnostic, DiagnosticCode, Severity } from '@pullpath/diagnostics';
import type { TextPlace } from './text-place.ts';

/** A fault at offsets of the text that is being loaded; it becomes a `Diagnostic` once the place of that text is known. */
export interface Problem {
  readonly code: DiagnosticCode;
  readonly severity?: Severity;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly expected?: string;
  readonly hint?: string;
  readonly related?: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}

/** The diagnostic of a problem, at its place in the file. Severity defaults to error. */
export function toDiagnostic(problem: Problem, place: TextPlace): Diagnostic {
  const { code, message, start, end, expected, hint, related } = problem;
  return {
    code,
    severity: problem.severity ?? 'error',
    message,
    at: place.span(start, end),
    ...(expected === undefined ? {} : { expected }),
    ...(hint === undefined ? {} : { hint }),
    ...(related === undefined
      ? {}
      : { related: related.map((other) => ({ message: other.message, at: place.span(other.start, other.end) })) }),
  };
}

/** A word of the input for a message: quoted, escaped, and cut where it is long. */
export function quote(word: string): string {
  return JSON.stringify(word.length > 60 ? `${word.slice(0, 60)}…` : word);
}
