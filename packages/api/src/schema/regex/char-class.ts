import type { Cursor } from './cursor.ts';
import { readEscapedCode } from './escape.ts';
import { type Ranges, RegexSyntaxError } from './node.ts';
import { negate, normalize, perlClasses, posixClasses } from './ranges.ts';

/** Reads a bracket class; the cursor stands behind its `[`. Case folding is left to the caller, before the negation. */
export function readCharClass(cursor: Cursor, fold: (ranges: Ranges) => Ranges): Ranges {
  const start = cursor.at - 1;
  const negated = cursor.accept('^');
  const ranges: number[] = [];
  for (let first = true; first || cursor.peek() !== ']'; first = false) {
    if (cursor.done) throw new RegexSyntaxError('missing closing ]', cursor.slice(start, cursor.codes.length));
    ranges.push(...readClassItem(cursor));
  }
  cursor.next();
  const folded = fold(normalize(ranges));
  return negated ? negate(folded) : folded;
}

function readClassItem(cursor: Cursor): Ranges {
  const named = readNamedClass(cursor);
  if (named) return named;
  const start = cursor.at;
  const from = readClassCode(cursor);
  if (cursor.peek() !== '-' || cursor.peek(1) === ']' || cursor.peek(1) === '') return [from, from];
  cursor.next();
  const to = readClassCode(cursor);
  if (to < from) throw new RegexSyntaxError('invalid character class range', cursor.slice(start));
  return [from, to];
}

function readNamedClass(cursor: Cursor): Ranges | undefined {
  const perl = cursor.peek() === '\\' ? perlClasses.get(cursor.peek(1)) : undefined;
  if (perl) cursor.at += 2;
  return perl ?? readPosixClass(cursor);
}

function readPosixClass(cursor: Cursor): Ranges | undefined {
  if (cursor.peek() !== '[' || cursor.peek(1) !== ':') return undefined;
  const end = cursor.findNameEnd(cursor.at + 2);
  if (end === -1) return undefined;
  const text = cursor.slice(cursor.at, end + 2);
  const negated = text[2] === '^';
  const ranges = posixClasses.get(text.slice(negated ? 3 : 2, -2));
  if (!ranges) throw new RegexSyntaxError('invalid character class range', text);
  cursor.at = end + 2;
  return negated ? negate(ranges) : ranges;
}

function readClassCode(cursor: Cursor): number {
  const character = cursor.next();
  return character === '\\' ? readEscapedCode(cursor) : (character.codePointAt(0) ?? 0);
}
