import { resolvesToString } from './go-yaml-resolve.ts';

/** Where a scalar is written: `indent` of continuation lines, `column` of its first character, and whether it is a key. */
export interface ScalarPlace {
  readonly indent: number;
  readonly column: number;
  readonly key: boolean;
}

/** A scalar as go-yaml v2 writes it: plain where it may, quoted or as a block otherwise, folded after column 80. */
export function goYamlScalar(value: unknown, place: ScalarPlace): string {
  if (typeof value === 'number') return goNumber(value);
  if (typeof value !== 'string') return value === true ? 'true' : value === false ? 'false' : 'null';
  const text = Array.from(value);
  return writers[styleOf(value, text, place.key)](text, place);
}

/** True when the text holds a line end in the sense of YAML 1.1. */
export function hasLineBreak(text: string): boolean {
  return Array.from(text).some(isBreak);
}

type Style = 'plain' | 'single' | 'double' | 'literal';

const writers: Readonly<Record<Style, (text: readonly string[], place: ScalarPlace) => string>> = {
  plain: (text, place) => folded(text, place, ''),
  single: (text, place) => `'${folded(text, { ...place, column: place.column + 1 }, "'")}'`,
  double: doubleQuoted,
  literal,
};

function styleOf(value: string, text: readonly string[], key: boolean): Style {
  const shape = shapeOf(text);
  if (value.includes('\n')) return shape.block && !key ? 'literal' : 'double';
  if (key && shape.multiline) return 'double';
  if (!resolvesToString(value)) return 'double';
  if (shape.plain && value !== '') return 'plain';
  return shape.single ? 'single' : 'double';
}

/** Which styles can hold the text (libyaml `analyze_scalar`). */
interface Shape {
  readonly plain: boolean;
  readonly single: boolean;
  readonly block: boolean;
  readonly multiline: boolean;
}

function shapeOf(text: readonly string[]): Shape {
  const multiline = text.some(isBreak);
  const special = text.some((character) => !isPrintable(character));
  const breakSpace = text.some((character, at) => character === ' ' && isBreak(text[at - 1]));
  const spaceBreak = text.some((character, at) => isBreak(character) && text[at - 1] === ' ');
  const edges = [text[0], text.at(-1)].some((character) => character === ' ' || isBreak(character));
  const single = !special && !breakSpace && !spaceBreak;
  return {
    multiline,
    single,
    plain: single && !multiline && !edges && !hasIndicators(text),
    block: text.length > 0 && !special && !spaceBreak && text.at(-1) !== ' ',
  };
}

function hasIndicators(text: readonly string[]): boolean {
  const start = text.slice(0, 3).join('');
  if (start === '---' || start === '...') return true;
  return text.some((character, at) => isIndicator(character, at, text));
}

function isIndicator(character: string, at: number, text: readonly string[]): boolean {
  const next = text[at + 1];
  const beforeBlank = next === undefined || isBlank(next);
  if (at === 0 && '#,[]{}&*!|>\'"%@`'.includes(character)) return true;
  if (at === 0 && (character === '?' || character === '-')) return beforeBlank;
  if (character === ':') return beforeBlank;
  return character === '#' && (isBlank(text[at - 1]) || isBreak(text[at - 1]));
}

/** Plain and single-quoted text: one space of a gap becomes a line end once the line is longer than 80. */
function folded(text: readonly string[], place: ScalarPlace, quote: string): string {
  let out = '';
  let column = place.column;
  for (const [at, character] of text.entries()) {
    const inner = quote === '' || (at > 0 && at < text.length - 1);
    const fold = mayFold(text, at, place.key) && column > maxColumn && inner && text[at + 1] !== ' ';
    if (isBreak(text[at - 1]) && !isBreak(character)) {
      out += ' '.repeat(place.indent);
      column = place.indent;
    }
    const written = fold ? `\n${' '.repeat(place.indent)}` : character === quote ? quote + quote : character;
    out += written;
    column = fold ? place.indent : isBreak(character) ? 0 : column + written.length;
  }
  return out;
}

const maxColumn = 80;

/** Only the first space of a gap may become a line end, and never one in a key. */
function mayFold(text: readonly string[], at: number, key: boolean): boolean {
  return !key && text[at] === ' ' && text[at - 1] !== ' ';
}

function doubleQuoted(text: readonly string[], place: ScalarPlace): string {
  // libyaml looks for a byte order mark at the start whichever character it is at, and then escapes every character.
  const escapeAll = text[0] === '\ufeff';
  let out = '"';
  let column = place.column + 1;
  for (const [at, character] of text.entries()) {
    const inner = at > 0 && at < text.length - 1;
    if (!escapeAll && mayFold(text, at, place.key) && column > maxColumn && inner) {
      const lead = `${' '.repeat(place.indent)}${text[at + 1] === ' ' ? '\\' : ''}`;
      out += `\n${lead}`;
      column = lead.length;
    } else {
      const written = escaped(character, escapeAll);
      out += written;
      column += Array.from(written).length;
    }
  }
  return `${out}"`;
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\x1b', '\\e'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0085', '\\N'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

function escaped(character: string, always: boolean): string {
  const short = shortEscapes.get(character);
  if (short !== undefined) return short;
  if (isPrintable(character) && !always) return character;
  const code = character.codePointAt(0) as number;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** `|` with the indentation hint where the text starts blank and the chomping hint by its line ends. */
function literal(text: readonly string[], { indent }: ScalarPlace): string {
  const hint = text[0] === ' ' || isBreak(text[0]) ? '2' : '';
  let out = `|${hint}${chompingOf(text)}\n`;
  for (const [at, character] of text.entries()) {
    const startsLine = at === 0 || isBreak(text[at - 1]);
    out += startsLine && !isBreak(character) ? ' '.repeat(indent) + character : character;
  }
  // The line end after the last line is written by whoever writes the next line.
  return isBreak(text.at(-1)) && text.at(-1) === '\n' ? out.slice(0, -1) : out;
}

function chompingOf(text: readonly string[]): string {
  if (!isBreak(text.at(-1))) return '-';
  return text.length === 1 || isBreak(text.at(-2)) ? '+' : '';
}

function isBreak(character: string | undefined): boolean {
  return character !== undefined && '\n\r\u0085\u2028\u2029'.includes(character);
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

/** What libyaml calls printable: no control characters, no BOM, nothing beyond the basic plane. */
function isPrintable(character: string): boolean {
  const code = character.codePointAt(0) as number;
  if (code === 0x0a || (code >= 0x20 && code <= 0x7e)) return true;
  return code >= 0xa0 && code <= 0xfffd && code !== 0xfeff && !(code >= 0xd800 && code <= 0xdfff);
}

/** Go's `strconv.FormatFloat(value, 'g', -1, 64)`; whole numbers that fit 64 bits come from JSON as integers. */
function goNumber(value: number): string {
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 64) return BigInt(value).toString();
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
