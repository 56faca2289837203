import type { TextEdit } from './span.ts';

/**
 * The text with all edits made; edits are of this text and in any order. Two insertions at one place keep their order.
 * Throws when edits overlap or lie outside of the text: edits of one fix never do, so that is a bug of their maker.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.toSorted((a, b) => a.at.start.offset - b.at.start.offset || a.at.end.offset - b.at.end.offset);
  const parts: string[] = [];
  let from = 0;
  for (const { at, text: replacement } of ordered) {
    const [start, end] = [at.start.offset, at.end.offset];
    if (start < from || end < start || end > text.length)
      throw new Error(`edits overlap at ${at.file}:${at.start.line}`);
    parts.push(text.slice(from, start), replacement);
    from = end;
  }
  return parts.join('') + text.slice(from);
}
