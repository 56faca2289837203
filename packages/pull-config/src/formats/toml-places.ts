import type { Path, SourceMap } from '@pullpath/api';
import { lineIndex, type SourceSpan } from '@pullpath/diagnostics';

/** Offsets (UTF-16 units) of a statement of a TOML text: its key or header, and its value. A header is its own value. */
interface Place {
  readonly key: readonly [number, number];
  readonly value: readonly [number, number];
}

/**
 * Finds the table headers and `key = value` lines of a TOML text that a parser has accepted: `['registry', 1, 'mirror', 0]`
 * is the place of the first `[[registry.mirror]]` below the second `[[registry]]`. Values inside inline tables and arrays
 * fall back to the statement that holds them. Nothing is read before the first question.
 */
export function tomlSourceMap(file: string, text: string): SourceMap {
  let known: { places: ReadonlyMap<string, Place>; span: (range: readonly [number, number]) => SourceSpan } | undefined;
  const nearest = (path: Path, of: 'key' | 'value'): SourceSpan => {
    known ??= { places: tomlPlaces(text), span: spanner(file, text) };
    for (let length = path.length; length > 0; length--) {
      const place = known.places.get(pathKey(path.slice(0, length)));
      if (place) return known.span(place[of]);
    }
    return known.span([0, 0]);
  };
  return { file, span: (path) => nearest(path, 'value'), keySpan: (path) => nearest(path, 'key') };
}

/** The keys of every `[table]` header of a TOML text that a parser has accepted, in order; `[[arrays]]` are left out. */
export function tomlTableHeaders(text: string): (readonly string[])[] {
  const headers: (readonly string[])[] = [];
  for (let at = nextStatement(text, 0); at < text.length; ) {
    if (text[at] === '[') {
      const { array, keys, end } = readHeader(text, at);
      if (!array) headers.push(keys);
      at = nextStatement(text, end);
    } else {
      const { end } = readKeys(text, at, '=');
      at = nextStatement(text, Math.max(endOfValue(text, skipBlanks(text, end + 1)), at + 1));
    }
  }
  return headers;
}

function spanner(file: string, text: string): (range: readonly [number, number]) => SourceSpan {
  const lines = lineIndex(text);
  return ([start, end]) => ({ file, start: lines.position(start), end: lines.position(end) });
}

function tomlPlaces(text: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const lengths = new Map<string, number>();
  let table: Path = [];
  for (let at = nextStatement(text, 0); at < text.length; ) {
    if (text[at] === '[') {
      const header = readHeader(text, at);
      table = header.array ? appended(lengths, header.keys) : resolved(lengths, header.keys);
      note(places, table, { key: [at, header.end], value: [at, header.end] });
      at = nextStatement(text, header.end);
    } else {
      const { keys, end: keyEnd } = readKeys(text, at, '=');
      const start = skipBlanks(text, keyEnd + 1);
      const end = endOfValue(text, start);
      note(places, [...table, ...keys], { key: [at, keyEnd], value: [start, end] });
      at = nextStatement(text, Math.max(end, at + 1));
    }
  }
  return places;
}

function note(places: Map<string, Place>, path: Path, place: Place): void {
  const key = pathKey(path);
  if (!places.has(key)) places.set(key, place);
}

const pathKey = (path: Path): string => JSON.stringify(path);

/** The path of a header, where the name of an array of tables means its last element. */
function resolved(lengths: ReadonlyMap<string, number>, keys: readonly string[]): Path {
  let path: Path = [];
  for (const key of keys) {
    path = [...path, key];
    const length = lengths.get(pathKey(path));
    if (length !== undefined) path = [...path, length - 1];
  }
  return path;
}

function appended(lengths: Map<string, number>, keys: readonly string[]): Path {
  const array = [...resolved(lengths, keys.slice(0, -1)), ...keys.slice(-1)];
  const index = lengths.get(pathKey(array)) ?? 0;
  lengths.set(pathKey(array), index + 1);
  return [...array, index];
}

function readHeader(text: string, at: number): { array: boolean; keys: string[]; end: number } {
  const array = text[at + 1] === '[';
  const { keys, end } = readKeys(text, at + (array ? 2 : 1), ']');
  return { array, keys, end: Math.min(end + (array ? 2 : 1), text.length) };
}

/** The dotted keys from `at` up to `stop` or the end of the line, and where they end. */
function readKeys(text: string, at: number, stop: string): { keys: string[]; end: number } {
  const keys: string[] = [];
  let from = at;
  let end = at;
  while (end < text.length && text[end] !== stop && text[end] !== '\n') {
    const character = text[end];
    if (character === '"' || character === "'") end = endOfString(text, end);
    else if (character === '.') {
      keys.push(keyOf(text.slice(from, end)));
      from = ++end;
    } else end++;
  }
  keys.push(keyOf(text.slice(from, end)));
  return { keys, end };
}

function keyOf(written: string): string {
  const key = written.trim();
  if (key.startsWith("'")) return key.slice(1, -1);
  return key.startsWith('"') ? unescaped(key) : key;
}

// Basic strings of TOML are those of JSON but for rare escapes; such a key is left as written and costs a place only.
function unescaped(key: string): string {
  try {
    return String(JSON.parse(key));
  } catch {
    return key;
  }
}

/** The end of a value that starts at `start`: the end of its line, or of the brackets or long string that it opens. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let end = start;
  let at = start;
  while (at < text.length && (depth > 0 || text[at] !== '\n')) {
    const character = text[at];
    if (character === '#') {
      at = endOfLine(text, at);
      continue;
    }
    if (character === '[' || character === '{') depth++;
    if (character === ']' || character === '}') depth--;
    at = character === '"' || character === "'" ? endOfString(text, at) : at + 1;
    if (character !== ' ' && character !== '\t' && character !== '\r') end = at;
  }
  return end;
}

function endOfString(text: string, start: number): number {
  const quote = text[start] ?? '';
  const long = text.startsWith(quote.repeat(3), start);
  const closing = long ? quote.repeat(3) : quote;
  let at = start + closing.length;
  while (at < text.length && !text.startsWith(closing, at)) {
    if (!long && text[at] === '\n') return at;
    at += quote === '"' && text[at] === '\\' ? 2 : 1;
  }
  at = Math.min(at + closing.length, text.length);
  // A long string may end with up to two more quotes that belong to it.
  while (long && text[at] === quote) at++;
  return at;
}

function nextStatement(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n#\ufeff'.includes(text[at] ?? ''))
    at = text[at] === '#' ? endOfLine(text, at) : at + 1;
  return at;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
