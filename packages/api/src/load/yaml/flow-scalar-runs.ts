import { type RunWriter, runWriter } from './run-writer.ts';
import type { ScalarRuns } from './scalar-runs.ts';

/** Plain and single-quoted scalars between two offsets: lines are folded; `doubled` (`''`) stands for its half. */
export function foldedRuns(source: string, start: number, end: number, doubled: string | undefined): ScalarRuns {
  const writer = runWriter(source);
  const lines = linesBetween(source, start, end);
  let blank = 0;
  lines.forEach((line, index) => {
    const [from, to] = trimmed(source, line, index > 0, index < lines.length - 1);
    const previous = lines[index - 1];
    if (from === to && index > 0 && index < lines.length - 1) {
      blank += 1;
      return;
    }
    if (previous !== undefined) fold(writer, blank, previous[1], from);
    blank = 0;
    copyUndoubled(writer, source, from, to, doubled);
  });
  return writer.done();
}

type Extent = readonly [start: number, end: number];

function linesBetween(source: string, start: number, end: number): Extent[] {
  const lines: Extent[] = [];
  let from = start;
  for (let at = source.indexOf('\n', from); at !== -1 && at < end; at = source.indexOf('\n', from)) {
    lines.push([from, source[at - 1] === '\r' ? Math.max(from, at - 1) : at]);
    from = at + 1;
  }
  return [...lines, [from, end]];
}

function trimmed(source: string, [start, end]: Extent, left: boolean, right: boolean): Extent {
  let from = start;
  let to = end;
  if (left) while (from < to && isBlank(source[from])) from += 1;
  if (right) while (to > from && isBlank(source[to - 1])) to -= 1;
  return [from, to];
}

/** One line break is a space; each blank line after it is a line break. */
function fold(writer: RunWriter, blank: number, at: number, next: number): void {
  writer.replace(blank === 0 ? ' ' : '\n'.repeat(blank), at, next - at);
}

function copyUndoubled(writer: RunWriter, source: string, from: number, to: number, doubled: string | undefined): void {
  let at = from;
  while (doubled !== undefined) {
    const found = source.indexOf(doubled, at);
    if (found === -1 || found + doubled.length > to) break;
    writer.copy(at, found - at);
    writer.replace(doubled.slice(1), found, doubled.length);
    at = found + doubled.length;
  }
  writer.copy(at, to - at);
}

/** A double-quoted scalar, quotes included: escapes, folded lines, escaped line breaks. */
export function doubleQuotedRuns(source: string): ScalarRuns {
  const writer = runWriter(source);
  const end = source.length - 1;
  let at = 1;
  while (at < end) at = step(writer, source, at, end);
  return writer.done();
}

function step(writer: RunWriter, source: string, at: number, end: number): number {
  if (source[at] === '\\') return writeEscape(writer, source, at);
  const blankEnd = afterBlanks(source, at);
  if (isBreak(source, blankEnd)) return foldBreak(writer, source, at, blankEnd);
  const next = blankEnd > at ? blankEnd : nextSpecial(source, at, end);
  writer.copy(at, Math.min(next, end) - at);
  return next;
}

/** Copying in long stretches keeps the number of runs small. */
function nextSpecial(source: string, at: number, end: number): number {
  let next = at + 1;
  while (next < end && !' \t\r\n\\'.includes(source[next] ?? '')) next += 1;
  return next;
}

function foldBreak(writer: RunWriter, source: string, at: number, breakAt: number): number {
  let next = afterBreak(source, breakAt);
  let blank = 0;
  for (;;) {
    next = afterBlanks(source, next);
    if (!isBreak(source, next)) break;
    next = afterBreak(source, next);
    blank += 1;
  }
  fold(writer, blank, at, next);
  return next;
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function writeEscape(writer: RunWriter, source: string, at: number): number {
  const name = source[at + 1] ?? '';
  if (isBreak(source, at + 1)) return afterBlanks(source, afterBreak(source, at + 1));
  const hexLength = Object.hasOwn(hexLengths, name) ? (hexLengths[name] ?? 0) : 0;
  if (hexLength > 0) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + hexLength), 16);
    writer.replace(code <= 0x10ffff ? String.fromCodePoint(code) : '', at, hexLength + 2);
  } else writer.replace(Object.hasOwn(escapes, name) ? (escapes[name] ?? name) : name, at, 2);
  return at + 2 + hexLength;
}

function afterBlanks(source: string, at: number): number {
  let next = at;
  while (isBlank(source[next])) next += 1;
  return next;
}

function isBreak(source: string, at: number): boolean {
  return source[at] === '\n' || (source[at] === '\r' && source[at + 1] === '\n');
}

function afterBreak(source: string, at: number): number {
  return source[at] === '\r' ? at + 2 : at + 1;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
