import { maskSecrets } from '../redact.ts';
import { displayWidth, printable } from './printable.ts';

/** A source line as it is shown, and the stretch of it to underline, in terminal columns. */
export interface Snippet {
  readonly text: string;
  /** Columns before the underline, from 0. */
  readonly indent: number;
  /** At least 1. */
  readonly width: number;
}

const widest = 100;
const before = 40;
const tab = '    ';

/**
 * The part of a line around `[start, end)` (UTF-16 columns from 0), at most about 100 columns: tabs expanded, secrets
 * covered, control characters visible. Costs no more than what is shown, however long the line is.
 */
export function snippet(line: string, start: number, end: number): Snippet {
  const from = line.length <= widest ? 0 : Math.max(0, Math.min(start - before, line.length - widest));
  const to = Math.min(line.length, from + widest);
  const shown = maskSecrets(line.slice(from, to));
  const part = (a: number, b: number): string => expand(shown.slice(Math.max(0, a - from), Math.max(0, b - from)));
  const head = (from > 0 ? '…' : '') + part(from, start);
  const marked = part(start, Math.min(end, to));
  const tail = part(Math.min(end, to), to) + (to < line.length ? '…' : '');
  return { text: head + marked + tail, indent: displayWidth(head), width: Math.max(1, displayWidth(marked)) };
}

/** `printable` makes a tab visible; in a source line it is room. */
function expand(text: string): string {
  return text
    .split('\t')
    .map((piece) => printable(piece))
    .join(tab);
}
