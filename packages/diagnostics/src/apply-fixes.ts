import { applyEdits } from './apply-edits.ts';
import type { Diagnostic } from './diagnostic.ts';
import { sortDiagnostics } from './sort.ts';
import type { TextEdit } from './span.ts';

/**
 * The text of `file` with the repairs of the diagnostics made, each as a whole or not at all, in the order of their places.
 * A repair that touches what an earlier one changes is left for another run, and so is one that also edits other files.
 */
export function applyFixes(file: string, text: string, found: readonly Diagnostic[]): string {
  const taken: TextEdit[] = [];
  for (const { fix } of sortDiagnostics(found)) {
    const edits = fix?.edits ?? [];
    const own = edits.every(({ at }) => at.file === file);
    if (own && edits.every((edit) => taken.every((other) => isApart(edit, other)))) taken.push(...edits);
  }
  return applyEdits(text, taken);
}

function isApart({ at: a }: TextEdit, { at: b }: TextEdit): boolean {
  return a.end.offset < b.start.offset || b.end.offset < a.start.offset;
}
