import type { Ranges } from './node.ts';

const lastCodePoint = 0x10ffff;

/** Sorts and merges ranges that overlap or touch. */
export function normalize(ranges: Ranges): Ranges {
  const pairs: [number, number][] = [];
  for (let index = 0; index < ranges.length; index += 2) pairs.push([ranges[index] ?? 0, ranges[index + 1] ?? 0]);
  pairs.sort(([left], [right]) => left - right);
  const merged: number[] = [];
  for (const [from, to] of pairs) {
    const end = merged.at(-1);
    if (end !== undefined && from <= end + 1) merged[merged.length - 1] = Math.max(end, to);
    else merged.push(from, to);
  }
  return merged;
}

/** Every code point that is not in `ranges`. */
export function negate(ranges: Ranges): Ranges {
  const result: number[] = [];
  let next = 0;
  const sorted = normalize(ranges);
  for (let index = 0; index < sorted.length; index += 2) {
    const from = sorted[index] ?? 0;
    if (from > next) result.push(next, from - 1);
    next = (sorted[index + 1] ?? 0) + 1;
  }
  if (next <= lastCodePoint) result.push(next, lastCodePoint);
  return result;
}

/** Adds the other case of every ASCII letter, and the two letters outside ASCII that fold onto one (long s, Kelvin sign). */
export function foldCase(ranges: Ranges): Ranges {
  const folded = [...ranges];
  for (let index = 0; index < ranges.length; index += 2) {
    const from = ranges[index] ?? 0;
    const to = ranges[index + 1] ?? 0;
    addShifted(folded, Math.max(from, 0x41), Math.min(to, 0x5a), 0x20);
    addShifted(folded, Math.max(from, 0x61), Math.min(to, 0x7a), -0x20);
  }
  const has = (code: number) => contains(folded, code);
  if (has(0x73) || has(0x17f)) folded.push(0x53, 0x53, 0x73, 0x73, 0x17f, 0x17f);
  if (has(0x6b) || has(0x212a)) folded.push(0x4b, 0x4b, 0x6b, 0x6b, 0x212a, 0x212a);
  return normalize(folded);
}

function addShifted(into: number[], from: number, to: number, shift: number): void {
  if (from <= to) into.push(from + shift, to + shift);
}

/** True when `code` lies in one of the ranges, sorted or not. */
export function contains(ranges: Ranges, code: number): boolean {
  for (let index = 0; index < ranges.length; index += 2) {
    if (code >= (ranges[index] ?? 0) && code <= (ranges[index + 1] ?? 0)) return true;
  }
  return false;
}

const digit: Ranges = [0x30, 0x39];
const word: Ranges = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];
const space: Ranges = [0x09, 0x0a, 0x0c, 0x0d, 0x20, 0x20];

/** `\d \w \s` and their complements, ASCII as in RE2. */
export const perlClasses: ReadonlyMap<string, Ranges> = new Map([
  ['d', digit],
  ['D', negate(digit)],
  ['w', word],
  ['W', negate(word)],
  ['s', space],
  ['S', negate(space)],
]);

/** The names within `[[:name:]]`. */
export const posixClasses: ReadonlyMap<string, Ranges> = new Map([
  ['alnum', [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a]],
  ['alpha', [0x41, 0x5a, 0x61, 0x7a]],
  ['ascii', [0, 0x7f]],
  ['blank', [0x09, 0x09, 0x20, 0x20]],
  ['cntrl', [0, 0x1f, 0x7f, 0x7f]],
  ['digit', digit],
  ['graph', [0x21, 0x7e]],
  ['lower', [0x61, 0x7a]],
  ['print', [0x20, 0x7e]],
  ['punct', [0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e]],
  ['space', [0x09, 0x0d, 0x20, 0x20]],
  ['upper', [0x41, 0x5a]],
  ['word', word],
  ['xdigit', [0x30, 0x39, 0x41, 0x46, 0x61, 0x66]],
]);
