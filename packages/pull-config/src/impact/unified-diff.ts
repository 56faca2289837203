import type { FileChange } from './changed-files.ts';
import { diffLines, type LineRun } from './line-diff.ts';

/** Lines of unchanged text around a change. */
const context = 3;

/**
 * The changes of files as one unified diff, as `diff -u` and `git apply` know it; file modes are not part of it. Of files
 * that only their owner may read (pull secrets) no line is shown.
 */
export function unifiedDiff(changes: readonly FileChange[]): string {
  return changes.map(fileDiff).join('');
}

function fileDiff({ path, before, after }: FileChange): string {
  const isPrivate = [before, after].some((file) => file !== undefined && (file.mode & 0o077) === 0);
  if (isPrivate) return `Private files a${path} and b${path} differ\n`;
  if (before?.contents === after?.contents) return '';
  const head = `--- ${before === undefined ? '/dev/null' : `a${path}`}\n+++ ${after === undefined ? '/dev/null' : `b${path}`}\n`;
  const runs = diffLines(linesOf(before?.contents ?? ''), linesOf(after?.contents ?? ''));
  return head + hunksOf(runs).map(hunkText).join('');
}

// A line keeps its newline, so that a missing one at the end of a file is a difference.
function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => `${line}\n`);
  const last = lines.pop()?.slice(0, -1) ?? '';
  return last === '' ? lines : [...lines, last];
}

interface Hunk {
  oldStart: number;
  newStart: number;
  readonly rows: { readonly mark: ' ' | '-' | '+'; readonly line: string }[];
}

function hunksOf(runs: readonly LineRun[]): Hunk[] {
  const hunks: Hunk[] = [];
  let [old, now] = [1, 1];
  for (const [index, { kind, lines }] of runs.entries()) {
    if (kind === 'same') {
      const { head, tail } = contextOf(lines, index === 0, index === runs.length - 1);
      addRows(hunks, ' ', head);
      const skipped = lines.length - tail.length;
      if (tail.length > 0 && (hunks.length === 0 || head.length + tail.length < lines.length)) {
        hunks.push({ oldStart: old + skipped, newStart: now + skipped, rows: [] });
      }
      addRows(hunks, ' ', tail);
    } else {
      if (hunks.length === 0) hunks.push({ oldStart: old, newStart: now, rows: [] });
      addRows(hunks, kind === 'removed' ? '-' : '+', lines);
    }
    if (kind !== 'added') old += lines.length;
    if (kind !== 'removed') now += lines.length;
  }
  return hunks;
}

/** The lines of an unchanged run that belong to the hunk before it and to the one after it. */
function contextOf(
  lines: readonly string[],
  isFirst: boolean,
  isLast: boolean,
): { readonly head: readonly string[]; readonly tail: readonly string[] } {
  if (isFirst) return { head: [], tail: isLast ? [] : lines.slice(-context) };
  if (isLast) return { head: lines.slice(0, context), tail: [] };
  if (lines.length <= 2 * context) return { head: lines, tail: [] };
  return { head: lines.slice(0, context), tail: lines.slice(-context) };
}

function addRows(hunks: readonly Hunk[], mark: ' ' | '-' | '+', lines: readonly string[]): void {
  for (const line of lines) hunks.at(-1)?.rows.push({ mark, line });
}

function hunkText({ oldStart, newStart, rows }: Hunk): string {
  const olds = rows.filter(({ mark }) => mark !== '+').length;
  const news = rows.filter(({ mark }) => mark !== '-').length;
  const head = `@@ -${range(oldStart, olds)} +${range(newStart, news)} @@\n`;
  return head + rows.map(({ mark, line }) => mark + withNewline(line)).join('');
}

// An empty side names the line before it.
function range(start: number, count: number): string {
  if (count === 1) return String(start);
  return `${count === 0 ? start - 1 : start},${count}`;
}

function withNewline(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
}
