/** A run of lines: kept in both texts, only in the old one, or only in the new one. */
export interface LineRun {
  readonly kind: 'same' | 'removed' | 'added';
  readonly lines: readonly string[];
}

/**
 * The runs that turn `before` into `after`, removed lines ahead of added ones. Lines that occur once in both texts are
 * matched first, as patience diff does, so tables of a registries.conf stay together; between those a shortest edit is
 * searched up to a fixed effort, beyond it the lines count as replaced. Time and memory grow with n log n.
 */
export function diffLines(before: readonly string[], after: readonly string[]): LineRun[] {
  const matches = matchedLines(before, after);
  const runs: LineRun[] = [];
  let [old, now] = [0, 0];
  for (const [oldIndex, newIndex] of [...matches, [before.length, after.length] as const]) {
    push(runs, 'removed', before.slice(old, oldIndex));
    push(runs, 'added', after.slice(now, newIndex));
    if (oldIndex < before.length) push(runs, 'same', [before[oldIndex] as string]);
    [old, now] = [oldIndex + 1, newIndex + 1];
  }
  slideToBlankLines(runs);
  return runs;
}

/**
 * Moves a run that may start a few lines earlier up to a blank line, so that a paragraph comes out as one: when the line
 * before a run equals its last line, the run can just as well start there.
 */
function slideToBlankLines(runs: LineRun[]): void {
  for (let index = 1; index < runs.length - 1; index++) {
    const [above, run, below] = runs.slice(index - 1, index + 2) as [LineRun, LineRun, LineRun];
    if (above.kind !== 'same' || run.kind === 'same' || below.kind !== 'same') continue;
    const steps = stepsToBlankLine(above.lines, run.lines);
    if (steps === 0) continue;
    const moved = above.lines.slice(-steps);
    runs[index - 1] = { kind: 'same', lines: above.lines.slice(0, -steps) };
    runs[index] = { kind: run.kind, lines: [...moved, ...run.lines.slice(0, -steps)] };
    runs[index + 1] = { kind: 'same', lines: [...run.lines.slice(-steps), ...below.lines] };
  }
}

function stepsToBlankLine(above: readonly string[], run: readonly string[]): number {
  const limit = Math.min(above.length - 1, run.length - 1);
  for (let steps = 1; steps <= limit && above.at(-steps) === run.at(-steps); steps++) {
    if (above.at(-steps)?.trim() === '') return run[0]?.trim() === '' ? 0 : steps;
  }
  return 0;
}

function push(runs: LineRun[], kind: LineRun['kind'], lines: readonly string[]): void {
  if (lines.length === 0) return;
  const last = runs.at(-1);
  if (last?.kind !== kind) runs.push({ kind, lines: [...lines] });
  else for (const line of lines) (last.lines as string[]).push(line);
}

type Match = readonly [old: number, now: number];

/** A stretch of both texts, ends exclusive. */
interface Window {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

function matchedLines(before: readonly string[], after: readonly string[]): Match[] {
  const matches: Match[] = [];
  const open: Window[] = [{ oldStart: 0, oldEnd: before.length, newStart: 0, newEnd: after.length }];
  for (let window = open.pop(); window !== undefined; window = open.pop()) {
    const inner = trim(before, after, window, matches);
    if (inner.oldStart === inner.oldEnd || inner.newStart === inner.newEnd) continue;
    const anchors = uniqueAnchors(before, after, inner);
    if (anchors.length === 0) matches.push(...shortestEdit(before, after, inner));
    else for (const part of between(inner, anchors, matches)) open.push(part);
  }
  return matches.sort(([left], [right]) => left - right);
}

function trim(before: readonly string[], after: readonly string[], window: Window, matches: Match[]): Window {
  let { oldStart, oldEnd, newStart, newEnd } = window;
  while (oldStart < oldEnd && newStart < newEnd && before[oldStart] === after[newStart]) {
    matches.push([oldStart++, newStart++]);
  }
  while (oldStart < oldEnd && newStart < newEnd && before[oldEnd - 1] === after[newEnd - 1]) {
    matches.push([--oldEnd, --newEnd]);
  }
  return { oldStart, oldEnd, newStart, newEnd };
}

function between(window: Window, anchors: readonly Match[], matches: Match[]): Window[] {
  const windows: Window[] = [];
  let { oldStart, newStart } = window;
  for (const [old, now] of anchors) {
    windows.push({ oldStart, oldEnd: old, newStart, newEnd: now });
    matches.push([old, now]);
    [oldStart, newStart] = [old + 1, now + 1];
  }
  return [...windows, { oldStart, oldEnd: window.oldEnd, newStart, newEnd: window.newEnd }];
}

/** Lines that occur once on each side, the longest set of them that is in order on both. */
function uniqueAnchors(before: readonly string[], after: readonly string[], window: Window): Match[] {
  const old = uniqueLines(before, window.oldStart, window.oldEnd);
  const now = uniqueLines(after, window.newStart, window.newEnd);
  const pairs = [...old].flatMap(([line, index]): Match[] => {
    const other = now.get(line);
    return other === undefined ? [] : [[index, other]];
  });
  return longestIncreasing(pairs);
}

function uniqueLines(lines: readonly string[], start: number, end: number): Map<string, number> {
  const seen = new Map<string, number>();
  for (let index = start; index < end; index++) {
    const line = lines[index] as string;
    seen.set(line, seen.has(line) ? -1 : index);
  }
  return new Map([...seen].filter(([, index]) => index >= 0));
}

// Pairs come ascending by their old index; piles hold the pair with the smallest new index that ends a run of each length.
function longestIncreasing(pairs: readonly Match[]): Match[] {
  const piles: number[] = [];
  const previous: number[] = [];
  for (const [index, [, now]] of pairs.entries()) {
    const pile = lowerBound(piles, now, pairs);
    previous.push(piles[pile - 1] ?? -1);
    piles[pile] = index;
  }
  const run: Match[] = [];
  for (let index = piles.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) run.push(pairs[index] as Match);
  return run.reverse();
}

function lowerBound(piles: readonly number[], now: number, pairs: readonly Match[]): number {
  let [low, high] = [0, piles.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pairs[piles[middle] as number] as Match)[1] < now) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Cells of the table below; more than this is not searched. */
const effort = 250_000;

/** A longest common subsequence by the textbook table, for stretches without a unique line, which are short as a rule. */
function shortestEdit(before: readonly string[], after: readonly string[], window: Window): Match[] {
  const rows = window.oldEnd - window.oldStart;
  const columns = window.newEnd - window.newStart;
  if (rows * columns > effort) return [];
  const equal = (row: number, column: number): boolean =>
    before[window.oldStart + row] === after[window.newStart + column];
  const lengths = commonLengths(rows, columns, equal);
  const at = (row: number, column: number): number => lengths[row * (columns + 1) + column] ?? 0;
  const matches: Match[] = [];
  for (let [row, column] = [0, 0]; row < rows && column < columns; ) {
    if (equal(row, column)) matches.push([window.oldStart + row++, window.newStart + column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return matches;
}

function commonLengths(rows: number, columns: number, equal: (row: number, column: number) => boolean): Uint32Array {
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const cell = row * width + column;
      lengths[cell] = equal(row, column)
        ? (lengths[cell + width + 1] ?? 0) + 1
        : Math.max(lengths[cell + width] ?? 0, lengths[cell + 1] ?? 0);
    }
  }
  return lengths;
}
