import type { Cursor } from './cursor.ts';
import { RegexSyntaxError } from './node.ts';

export interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly swapGreed: boolean;
}

const flagNames: ReadonlyMap<string, keyof Flags> = new Map([
  ['i', 'ignoreCase'],
  ['m', 'multiline'],
  ['s', 'dotAll'],
  ['U', 'swapGreed'],
]);

export interface GroupHead {
  readonly flags: Flags;
  /** It was `(?flags)`: the flags hold for the rest of the enclosing group. */
  readonly closed: boolean;
  /** Set for a capturing group; empty where it has no name. */
  readonly name?: string;
}

/** Reads what follows a `(`. */
export function readGroupHead(cursor: Cursor, flags: Flags): GroupHead {
  if (cursor.peek() !== '?') return { flags, closed: false, name: '' };
  const start = cursor.at - 1;
  cursor.next();
  if (cursor.accept('P<') || (cursor.peek(1) !== '=' && cursor.peek(1) !== '!' && cursor.accept('<'))) {
    return { flags, closed: false, name: readName(cursor, start) };
  }
  return readFlags(cursor, flags, start);
}

function readName(cursor: Cursor, start: number): string {
  const from = cursor.at;
  while (/^\w$/.test(cursor.peek())) cursor.next();
  if (cursor.at === from || !cursor.accept('>')) {
    throw new RegexSyntaxError('invalid named capture', cursor.slice(start, cursor.codes.length));
  }
  return cursor.slice(from, cursor.at - 1);
}

function readFlags(cursor: Cursor, flags: Flags, start: number): GroupHead {
  const changed = { ...flags };
  let value = true;
  for (;;) {
    const character = cursor.next();
    if (character === ':' || character === ')') return { flags: changed, closed: character === ')' };
    const name = flagNames.get(character);
    if (character === '-' && value) value = false;
    else if (name) changed[name] = value;
    else throw new RegexSyntaxError('invalid or unsupported Perl syntax', cursor.slice(start));
  }
}
