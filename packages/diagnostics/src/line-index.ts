import type { Position } from './span.ts';

/** Translates between offsets and lines of one text. Lines end at `\n`; a `\r` before it belongs to the line. */
export interface LineIndex {
  readonly lineCount: number;
  /** The place of a UTF-16 offset; offsets outside the text are clamped to it. */
  position(offset: number): Position;
  /** The UTF-16 offset of a line and column (both from 1), clamped to the text and to the line. */
  offset(line: number, column: number): number;
  /** The text of a line (from 1) without its line break; empty outside the text. */
  line(line: number): string;
}

/** The lines of `text`. Built in one pass over the text; a look-up costs a binary search. */
export function lineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  const startOf = (line: number): number => starts[clamp(line, 1, starts.length) - 1] ?? 0;
  const endOf = (line: number): number => (line < starts.length ? startOf(line + 1) - 1 : text.length);
  return {
    lineCount: starts.length,
    position(offset) {
      const at = clamp(offset, 0, text.length);
      const line = lastNotAfter(starts, at) + 1;
      return { line, column: at - startOf(line) + 1, offset: at };
    },
    offset(line, column) {
      const known = clamp(line, 1, starts.length);
      return clamp(startOf(known) + column - 1, startOf(known), endOf(known));
    },
    line(line) {
      if (line < 1 || line > starts.length) return '';
      const content = text.slice(startOf(line), endOf(line));
      return content.endsWith('\r') ? content.slice(0, -1) : content;
    },
  };
}

/** The column (from 1) counted in UTF-8 bytes, as byte-oriented tools count, of a UTF-16 column (from 1) of a line. */
export function utf8Column(line: string, column: number): number {
  return new TextEncoder().encode(line.slice(0, column - 1)).length + 1;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lastNotAfter(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
