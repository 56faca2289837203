import { readCharClass } from './char-class.ts';
import { Cursor } from './cursor.ts';
import { readEscapedCode } from './escape.ts';
import { type Flags, readGroupHead } from './group.ts';
import { type Assertion, type RegexNode, RegexSyntaxError } from './node.ts';
import { foldCase, negate, perlClasses } from './ranges.ts';
import { readRepeat } from './repeat.ts';

/** Deeper nesting is refused: the readers of the tree are recursive. */
const maxDepth = 200;
const maxPatternLength = 20_000;

/**
 * Parses the part of the RE2 syntax that validation rules use: literals, `.`, classes (Perl, POSIX, bracket), escapes,
 * groups (capturing, named, non-capturing, with flags `i m s U`), alternation, `* + ? {n,m}` greedy and lazy, anchors and
 * word boundaries. Throws `RegexSyntaxError` for anything else.
 */
export function parseRegex(pattern: string): RegexNode {
  if (pattern.length > maxPatternLength) throw new RegexSyntaxError('expression is too large', pattern.slice(0, 40));
  const cursor = new Cursor(pattern);
  const node = parseAlternation(cursor, { ignoreCase: false, multiline: false, dotAll: false, swapGreed: false }, 0);
  if (!cursor.done) throw new RegexSyntaxError('unexpected )', pattern);
  return node;
}

function parseAlternation(cursor: Cursor, flags: Flags, depth: number): RegexNode {
  if (depth > maxDepth) throw new RegexSyntaxError('expression nests too deeply', cursor.text);
  // Flags set inside a group, as in `(?i)a|b`, hold to its end, across `|`.
  const scope = { flags };
  const items: RegexNode[] = [parseSequence(cursor, scope, depth)];
  while (cursor.accept('|')) items.push(parseSequence(cursor, scope, depth));
  const [only] = items;
  return items.length === 1 && only ? only : { kind: 'alternation', items };
}

interface Scope {
  flags: Flags;
}

function parseSequence(cursor: Cursor, scope: Scope, depth: number): RegexNode {
  const items: RegexNode[] = [];
  while (!cursor.done && cursor.peek() !== '|' && cursor.peek() !== ')') {
    const item = parseAtom(cursor, scope, depth);
    if (item) items.push(readRepeat(cursor, item, scope.flags.swapGreed));
  }
  const [only] = items;
  if (items.length === 0) return { kind: 'empty' };
  return items.length === 1 && only ? only : { kind: 'sequence', items };
}

/** Undefined for `(?i)`, which only changes the flags. */
function parseAtom(cursor: Cursor, scope: Scope, depth: number): RegexNode | undefined {
  const { flags } = scope;
  const character = cursor.next();
  if (character === '(') return parseGroup(cursor, scope, depth);
  if (character === '[') return set(readCharClass(cursor, flags.ignoreCase ? foldCase : (ranges) => ranges));
  if (character === '.') return set(flags.dotAll ? negate([]) : negate([0x0a, 0x0a]));
  if (character === '^') return assertion(flags.multiline ? 'line-begin' : 'text-begin');
  if (character === '$') return assertion(flags.multiline ? 'line-end' : 'text-end');
  if (character === '\\') return parseEscape(cursor, flags);
  if (character === '*' || character === '+' || character === '?') {
    throw new RegexSyntaxError('missing argument to repetition operator', character);
  }
  return literal(character.codePointAt(0) ?? 0, flags, cursor);
}

function parseGroup(cursor: Cursor, scope: Scope, depth: number): RegexNode | undefined {
  const head = readGroupHead(cursor, scope.flags);
  if (head.closed) {
    scope.flags = head.flags;
    return undefined;
  }
  const index = head.name === undefined ? 0 : ++cursor.groups;
  const item = parseAlternation(cursor, head.flags, depth + 1);
  if (!cursor.accept(')')) throw new RegexSyntaxError('missing closing )', cursor.text);
  return head.name === undefined ? item : { kind: 'group', index, name: head.name, item };
}

const assertions: ReadonlyMap<string, Assertion> = new Map([
  ['A', 'text-begin'],
  ['z', 'text-end'],
  ['b', 'word-boundary'],
  ['B', 'no-word-boundary'],
]);

function parseEscape(cursor: Cursor, flags: Flags): RegexNode {
  const zeroWidth = assertions.get(cursor.peek());
  const perl = perlClasses.get(cursor.peek());
  if (zeroWidth || perl) cursor.next();
  if (zeroWidth) return assertion(zeroWidth);
  if (perl) return set(perl);
  return literal(readEscapedCode(cursor), flags, cursor);
}

function literal(code: number, flags: Flags, cursor: Cursor): RegexNode {
  if (!flags.ignoreCase) return set([code, code]);
  if (code >= 0x80) throw new RegexSyntaxError('case folding outside ASCII is not supported', cursor.text);
  return set(foldCase([code, code]));
}

function set(ranges: readonly number[]): RegexNode {
  return { kind: 'set', ranges };
}

function assertion(kind: Assertion): RegexNode {
  return { kind: 'assert', assertion: kind };
}
