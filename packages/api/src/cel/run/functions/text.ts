import { lengthOf } from '../size.ts';
import { CelFailure } from '../values.ts';
import { formatText } from './format-text.ts';
import type { Implementations } from './implementation.ts';

const atMost = Number.MAX_SAFE_INTEGER;

/** Functions of texts. Positions count characters. */
export const text: Implementations = {
  contains_string: (whole: string, part: string) => whole.includes(part),
  starts_with_string: (whole: string, part: string) => whole.startsWith(part),
  ends_with_string: (whole: string, part: string) => whole.endsWith(part),
  string_char_at_int: characterAt,
  string_index_of_string: (whole: string, part: string) => indexOf(whole, part, 0n),
  string_index_of_string_int: indexOf,
  string_last_index_of_string: (whole: string, part: string) => lastIndexOf(whole, part, undefined),
  string_last_index_of_string_int: lastIndexOf,
  string_lower_ascii: (whole: string) => whole.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
  string_upper_ascii: (whole: string) => whole.replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
  string_trim: (whole: string) => whole.replace(/^[\s\u0085]+/, '').replace(/[\s\u0085]+$/, ''),
  string_replace_string_string: (whole: string, from: string, to: string) => replace(whole, from, to, -1n),
  string_replace_string_string_int: replace,
  string_split_string: (whole: string, separator: string) => split(whole, separator, -1n),
  string_split_string_int: split,
  string_substring_int: (whole: string, start: bigint) => substring(whole, start, undefined),
  string_substring_int_int: substring,
  list_join: (list: readonly unknown[]) => join(list, ''),
  list_join_string: join,
  strings_quote: quote,
  string_format: formatText,
};

function outOfRange(index: bigint): CelFailure {
  return new CelFailure(`index out of range: ${index}`);
}

function characterAt(whole: string, index: bigint): string {
  const characters = Array.from(whole);
  if (index < 0n || index > BigInt(characters.length)) throw outOfRange(index);
  return characters[Number(index)] ?? '';
}

function indexOf(whole: string, part: string, from: bigint): bigint {
  if (from < 0n) throw outOfRange(from);
  const characters = Array.from(whole);
  const start = Math.min(Number(from), characters.length);
  if (part === '') return from;
  if (from > BigInt(characters.length)) return -1n;
  const before = characters.slice(0, start).join('').length;
  return position(whole, whole.indexOf(part, before));
}

function lastIndexOf(whole: string, part: string, from: bigint | undefined): bigint {
  if (from !== undefined && from < 0n) throw outOfRange(from);
  const characters = Array.from(whole);
  if (part === '') return from ?? BigInt(characters.length);
  if (from !== undefined && from >= BigInt(characters.length)) return -1n;
  const end = from === undefined ? atMost : characters.slice(0, Number(from)).join('').length;
  return position(whole, whole.lastIndexOf(part, end));
}

function position(whole: string, index: number): bigint {
  return index === -1 ? -1n : BigInt(lengthOf(whole.slice(0, index)));
}

function substring(whole: string, start: bigint, end: bigint | undefined): string {
  const characters = Array.from(whole);
  const length = BigInt(characters.length);
  if (end === undefined) {
    if (start < 0n || start > length) throw outOfRange(start);
    return characters.slice(Number(start)).join('');
  }
  if (start > end) throw new CelFailure(`invalid substring range. start: ${start}, end: ${end}`);
  if (start < 0n || start > length) throw outOfRange(start);
  if (end < 0n || end > length) throw outOfRange(end);
  return characters.slice(Number(start), Number(end)).join('');
}

function replace(whole: string, from: string, to: string, limit: bigint): string {
  const most = limit < 0n ? atMost : Number(limit);
  if (from === '') return spread(whole, to, most);
  const parts = whole.split(from);
  const count = Math.min(most, parts.length - 1);
  return (
    parts.slice(0, count + 1).join(to) +
    parts
      .slice(count + 1)
      .map((part) => from + part)
      .join('')
  );
}

/** An empty text stands before every character and at the end. */
function spread(whole: string, to: string, most: number): string {
  const characters = Array.from(whole);
  const last = most > characters.length ? to : '';
  return characters.map((character, index) => (index < most ? to : '') + character).join('') + last;
}

function split(whole: string, separator: string, limit: bigint): string[] {
  if (limit === 0n) return [];
  const parts = separator === '' ? Array.from(whole) : whole.split(separator);
  if (limit < 0n || BigInt(parts.length) <= limit) return parts;
  const kept = Number(limit) - 1;
  return [...parts.slice(0, kept), parts.slice(kept).join(separator)];
}

function join(list: readonly unknown[], separator: string): string {
  if (!list.every((item) => typeof item === 'string')) throw new CelFailure('join: invalid input');
  return list.join(separator);
}

const quoted: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

function quote(whole: string): string {
  return `"${Array.from(whole, (character) => quoted[character] ?? character).join('')}"`;
}
