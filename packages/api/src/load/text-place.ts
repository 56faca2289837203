import { type LineIndex, lineIndex, type SourceSpan, type TextEdit } from '@pullpath/diagnostics';

/** Where a text stands: turns its offsets (UTF-16 units) into places of the file that holds it. */
export interface TextPlace {
  readonly file: string;
  readonly text: string;
  /** The lines of this text, counted when first asked for. */
  lines(): LineIndex;
  span(start: number, end: number): SourceSpan;
  /** The edit of the file that replaces a stretch of this text; undefined where text and file do not run in step. */
  edit(start: number, end: number, text: string): TextEdit | undefined;
}

/** The place of a whole file. */
export function fileText(file: string, text: string): TextPlace {
  const lines = lazyLines(text);
  const span = (start: number, end: number): SourceSpan => ({
    file,
    start: lines().position(start),
    end: lines().position(end),
  });
  return { file, text, lines, span, edit: (start, end, replacement) => ({ at: span(start, end), text: replacement }) };
}

/** The lines of a text, counted on the first call. */
export function lazyLines(text: string): () => LineIndex {
  let index: LineIndex | undefined;
  return () => {
    index ??= lineIndex(text);
    return index;
  };
}
