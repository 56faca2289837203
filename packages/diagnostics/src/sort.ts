import type { Diagnostic } from './diagnostic.ts';
import type { SourceSpan } from './span.ts';

/** By file, line, column and code; those without a place come first. Equal ones keep their order. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => comparePlaces(a.at, b.at) || compareText(a.code, b.code));
}

function comparePlaces(a: SourceSpan | undefined, b: SourceSpan | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compareText(a.file, b.file) || a.start.line - b.start.line || a.start.column - b.start.column;
}

/** By code units, never by locale: the same input gives the same order everywhere. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
