import type { Random } from './random.ts';

/**
 * The text with some damage, or none: pieces removed, doubled, moved, and tokens of the grammar or hostile characters put
 * in. Once in a while a piece is repeated until the text is long, which shows what is not linear.
 */
export function mutated(random: Random, text: string, tokens: readonly string[]): string {
  let damaged = text;
  for (let left = random.pick([0, 0, 1, 1, 2, 4]); left > 0; left--)
    damaged = random.pick(changes)(random, damaged, tokens);
  return random.oneIn(2000) ? lengthened(random, damaged, tokens) : damaged;
}

type Change = (random: Random, text: string, tokens: readonly string[]) => string;

const changes: readonly Change[] = [insertToken, insertToken, insertHostile, remove, double, move, swapCase, truncate];

/** What has broken parsers before: controls, half surrogates, other blanks and line ends, letters that fold into ASCII. */
const hostile = [
  '\u0000',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\ufffd',
  '\ud800',
  '\udc00',
  '\u{1f600}',
  'ä',
  '\u017f',
  '\u212a',
  '\u0130',
  '\t',
  '\r',
  '\r\n',
  '\n',
  ' ',
  '\\',
  '"',
  "'",
  '`',
  '%00',
  '__proto__',
  'constructor',
  'toString',
  '-0',
  '1e999',
  '9007199254740993',
] as const;

function insertToken(random: Random, text: string, tokens: readonly string[]): string {
  return spliced(text, random.below(text.length + 1), 0, random.pick(tokens));
}

function insertHostile(random: Random, text: string): string {
  return spliced(text, random.below(text.length + 1), random.below(2), random.pick(hostile));
}

function remove(random: Random, text: string): string {
  return spliced(text, random.below(text.length + 1), pieceLength(random), '');
}

function double(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  return spliced(text, at, 0, text.slice(at, at + pieceLength(random)));
}

function move(random: Random, text: string): string {
  const [from, length] = [random.below(text.length + 1), pieceLength(random)];
  const rest = spliced(text, from, length, '');
  return spliced(rest, random.below(rest.length + 1), 0, text.slice(from, from + length));
}

function swapCase(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const piece = text.slice(at, at + pieceLength(random));
  return spliced(text, at, piece.length, piece === piece.toLowerCase() ? piece.toUpperCase() : piece.toLowerCase());
}

function truncate(random: Random, text: string): string {
  return text.slice(0, random.below(text.length + 1));
}

const longest = 20_000;

function lengthened(random: Random, text: string, tokens: readonly string[]): string {
  const at = random.below(text.length + 1);
  const piece = random.oneIn(2) ? random.pick(tokens) : text.slice(at, at + pieceLength(random)) || 'a';
  return spliced(text, at, 0, piece.repeat(Math.ceil(random.below(longest) / piece.length)));
}

// Mostly short: a long piece destroys the structure that makes an input interesting.
function pieceLength(random: Random): number {
  return random.oneIn(10) ? 1 + random.below(60) : 1 + random.below(6);
}

function spliced(text: string, at: number, removed: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at + removed);
}
