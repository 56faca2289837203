import type { Cursor } from './cursor.ts';
import { type RegexNode, RegexSyntaxError } from './node.ts';

/** The largest count within braces, as in RE2. */
const maxCount = 1000;

/** Wraps `item` in the repetition that follows it, if any. Throws where two repetitions follow each other. */
export function readRepeat(cursor: Cursor, item: RegexNode, swapGreed: boolean): RegexNode {
  const start = cursor.at;
  const counts = readCounts(cursor);
  if (!counts) return item;
  const lazy = cursor.accept('?');
  const afterFirst = cursor.at;
  if (readCounts(cursor)) {
    cursor.accept('?');
    throw new RegexSyntaxError('invalid nested repetition operator', cursor.slice(lazy ? afterFirst - 1 : start));
  }
  return { kind: 'repeat', item, min: counts.min, max: counts.max, greedy: lazy === swapGreed };
}

interface Counts {
  readonly min: number;
  readonly max: number;
}

function readCounts(cursor: Cursor): Counts | undefined {
  if (cursor.accept('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
  if (cursor.accept('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
  if (cursor.accept('?')) return { min: 0, max: 1 };
  return cursor.peek() === '{' ? readBraces(cursor) : undefined;
}

/** `{n}`, `{n,}` or `{n,m}`; anything else in braces is literal text, as in RE2. */
function readBraces(cursor: Cursor): Counts | undefined {
  const start = cursor.at;
  cursor.next();
  const min = readNumber(cursor);
  const open = cursor.accept(',');
  const max = open ? (readNumber(cursor) ?? Number.POSITIVE_INFINITY) : min;
  if (min === undefined || max === undefined || !cursor.accept('}')) {
    cursor.at = start;
    return undefined;
  }
  if (min > maxCount || (max > maxCount && max !== Number.POSITIVE_INFINITY) || max < min) {
    throw new RegexSyntaxError('invalid repeat count', cursor.slice(start));
  }
  return { min, max };
}

function readNumber(cursor: Cursor): number | undefined {
  let digits = '';
  while (/^[0-9]$/.test(cursor.peek())) digits += cursor.next();
  return digits === '' ? undefined : Number(digits);
}
