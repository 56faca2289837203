import { formatDouble, formatDuration, formatTimestamp } from '../format-value.ts';
import { typeNameOf } from '../type-name.ts';
import { CelFailure, Duration, TypeValue, Uint } from '../values.ts';

/** `'%s is %d'.format([...])` (cel-go `ext/formatting.go`). */
export function formatText(pattern: string, args: readonly unknown[]): string {
  let result = '';
  let used = 0;
  for (const part of clausesOf(pattern)) {
    if (typeof part === 'string') {
      result += part;
      continue;
    }
    if (used >= args.length) throw new CelFailure(`index ${used} out of range`);
    result += formatClause(part, args[used++]);
  }
  return result;
}

/** `%` with a letter and, for some, how many decimals. */
export interface Clause {
  readonly letter: string;
  readonly precision: number;
}

/** Texts and clauses in turn. Throws `CelFailure`. */
export function clausesOf(pattern: string): (string | Clause)[] {
  const parts: (string | Clause)[] = [];
  let at = 0;
  while (at < pattern.length) {
    const next = pattern.indexOf('%', at);
    parts.push(pattern.slice(at, next === -1 ? pattern.length : next));
    if (next === -1) break;
    if (next + 1 >= pattern.length) throw new CelFailure('unexpected end of string');
    if (pattern[next + 1] === '%') parts.push('%');
    const clause = pattern[next + 1] === '%' ? '%' : (/^(?:\.(\d*))?./su.exec(pattern.slice(next + 1))?.[0] ?? '');
    if (clause !== '%') parts.push(clauseOf(clause));
    at = next + 1 + clause.length;
  }
  return parts;
}

function clauseOf(text: string): Clause {
  const letter = Array.from(text).at(-1) ?? '';
  const digits = text.startsWith('.') ? text.slice(1, -letter.length) : undefined;
  if (!'sdfexXob'.includes(letter)) {
    throw new CelFailure(`could not parse formatting clause: unrecognized formatting clause "${letter}"`);
  }
  return { letter, precision: digits === undefined ? 6 : Number(digits) };
}

const types: Readonly<Record<string, readonly string[]>> = {
  d: ['int', 'uint'],
  f: ['double'],
  e: ['double'],
  b: ['int', 'uint', 'bool'],
  o: ['int', 'uint'],
  x: ['int', 'uint', 'string', 'bytes'],
  X: ['int', 'uint', 'string', 'bytes'],
};

const wrong: Readonly<Record<string, string>> = {
  d: 'decimal clause can only be used on integers',
  f: 'fixed-point clause can only be used on doubles',
  e: 'scientific clause can only be used on doubles',
  b: 'only integers and bools can be formatted as binary',
  o: 'octal clause can only be used on integers',
  x: 'only integers, byte buffers, and strings can be formatted as hex',
  X: 'only integers, byte buffers, and strings can be formatted as hex',
};

/** Why `%s` cannot show values of a type. */
export function stringFault(type: string): string {
  return `error during formatting: string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps, was given ${type}`;
}

/** Why a clause cannot show values of a type; undefined where it can. */
export function clauseFault(letter: string, type: string): string | undefined {
  if (letter === 's') return undefined;
  if (type === 'dyn' || types[letter]?.includes(type)) return undefined;
  return `error during formatting: ${wrong[letter]}, was given ${type}`;
}

function formatClause({ letter, precision }: Clause, value: unknown): string {
  if (letter === 's') return shown(value);
  const special = 'fe'.includes(letter) && typeof value === 'string' && /^(?:NaN|-?Infinity)$/.test(value);
  const fault = special ? undefined : clauseFault(letter, typeNameOf(value));
  if (fault) throw new CelFailure(fault);
  if (letter === 'f') return fixedPoint(Number(value), (number) => number.toFixed(precision));
  if (letter === 'e') return fixedPoint(Number(value), (number) => scientific(number, precision));
  if (letter === 'd') return String(numberOf(value));
  return based(letter, value);
}

function fixedPoint(value: number, format: (value: number) => string): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? format(value) : value > 0 ? '∞' : '-∞';
}

function scientific(value: number, precision: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(precision).split('e');
  return `${mantissa}e${exponent.startsWith('-') ? '-' : '+'}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`;
}

function based(letter: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'string' || value instanceof Uint8Array) {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return letter === 'X' ? hex.toUpperCase() : hex;
  }
  const digits = numberOf(value).toString(letter === 'b' ? 2 : letter === 'o' ? 8 : 16);
  return letter === 'X' ? digits.toUpperCase() : digits;
}

function numberOf(value: unknown): bigint {
  return value instanceof Uint ? value.value : typeof value === 'bigint' ? value : 0n;
}

/** A value inside a text. */
function shown(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return fixedPoint(value, formatDouble);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof Date) return formatTimestamp(value);
  if (value instanceof TypeValue) return value.name;
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (value instanceof Map) return `{${shownEntries(value).join(', ')}}`;
  if (typeof value === 'bigint' || value instanceof Uint) return String(numberOf(value));
  const type = typeNameOf(value);
  throw new CelFailure(stringFault(type));
}

function shownEntries(map: ReadonlyMap<unknown, unknown>): string[] {
  return [...map].map(([key, value]) => `${shown(key)}: ${shown(value)}`).sort();
}
