import type { SourceSpan, TextEdit } from '@pullpath/diagnostics';
import type { Scalar } from 'yaml';
import { lazyLines, type TextPlace } from './text-place.ts';
import { type Run, scalarRuns } from './yaml/scalar-runs.ts';

/**
 * The place of the value of a scalar inside the text that holds the scalar. Offsets of the value are followed through
 * escapes, folded lines and indentation, so its places are those of the outer file.
 */
export function embeddedText(outer: TextPlace, node: Scalar, value: string): TextPlace {
  let runs: readonly Run[] | undefined;
  const range = (start: number, end: number): readonly [number, number] => {
    runs ??= runsOf(outer, node, value);
    const first = startIn(runs, start);
    return end <= start ? [first, first] : [first, Math.max(first, endIn(runs, end))];
  };
  return {
    file: outer.file,
    text: value,
    lines: lazyLines(value),
    span: (start, end): SourceSpan => outer.span(...range(start, end)),
    edit: (start, end, text): TextEdit | undefined => {
      if (node.type !== 'BLOCK_LITERAL') return undefined;
      const [outerStart, outerEnd] = range(start, end);
      return outer.edit(outerStart, outerEnd, indented(text, indentationOf(outer, runs ?? [])));
    },
  };
}

/** A value that our reading does not reproduce maps to the whole scalar: a coarse place is better than a wrong one. */
function runsOf(outer: TextPlace, node: Scalar, value: string): readonly Run[] {
  const [start, end] = node.range ?? [0, 0];
  const read = scalarRuns(outer.text.slice(start, end), node.type ?? 'PLAIN', value);
  if (read.value !== value) return [{ inner: 0, innerLength: value.length, outer: start, outerLength: end - start }];
  return read.runs.map((run) => ({ ...run, outer: run.outer + start }));
}

function startIn(runs: readonly Run[], offset: number): number {
  const run = runAt(runs, offset);
  if (run === undefined) return 0;
  const within = offset - run.inner;
  if (within >= run.innerLength) return run.outer + run.outerLength;
  return run.innerLength === run.outerLength ? run.outer + within : run.outer;
}

/** An end is exclusive: it follows the last character inside. */
function endIn(runs: readonly Run[], offset: number): number {
  const run = runAt(runs, offset - 1);
  if (run === undefined) return 0;
  const within = offset - run.inner;
  return run.innerLength === run.outerLength
    ? run.outer + Math.min(within, run.outerLength)
    : run.outer + run.outerLength;
}

/** The last run that starts at or before an offset of the value. */
function runAt(runs: readonly Run[], offset: number): Run | undefined {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle]?.inner ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return runs[low];
}

function indentationOf(outer: TextPlace, runs: readonly Run[]): string {
  const first = runs[0]?.outer ?? 0;
  const lineStart = outer.text.lastIndexOf('\n', first - 1) + 1;
  return outer.text.slice(lineStart, first);
}

/** Lines added to a literal block stand at its indentation; blank ones need none. */
function indented(text: string, indentation: string): string {
  return text.replaceAll(/\n(?!\n)/g, `\n${indentation}`);
}
