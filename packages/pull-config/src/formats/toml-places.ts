import type { Path, SourceMap } from '@pullpath/api';
import { lineIndex, type SourceSpan } from '@pullpath/diagnostics';

/** Offsets (UTF-16 units) of a statement of a TOML text: its key or header, and its value. A header is its own value. */
interface Place {
  readonly key: readonly [number, number];
  readonly value: readonly [number, number];
}

/** A key or item of the document. `items` counts the elements of an array of tables. */
interface Node {
  place: Place | undefined;
  items: number;
  readonly children: Map<string | number, Node>;
}

/**
 * Finds the table headers and `key = value` lines of a TOML text that a parser has accepted: `['registry', 1, 'mirror', 0]`
 * is the place of the first `[[registry.mirror]]` below the second `[[registry]]`. Values inside inline tables and arrays
 * fall back to the statement that holds them. Nothing is read before the first question.
 */
export function tomlSourceMap(file: string, text: string): SourceMap {
  let known: { root: Node; span: (range: readonly [number, number]) => SourceSpan } | undefined;
  const nearest = (path: Path, of: 'key' | 'value'): SourceSpan => {
    known ??= { root: readPlaces(text), span: spanner(file, text) };
    return known.span(nearestPlace(known.root, path)?.[of] ?? [0, 0]);
  };
  return { file, span: (path) => nearest(path, 'value'), keySpan: (path) => nearest(path, 'key') };
}

/** The keys of every `[table]` header of a TOML text that a parser has accepted, in order; `[[arrays]]` are left out. */
export function tomlTableHeaders(text: string): (readonly string[])[] {
  return [...statementsOf(text)].filter(({ kind }) => kind === 'table').map(({ keys }) => keys);
}

function spanner(file: string, text: string): (range: readonly [number, number]) => SourceSpan {
  const lines = lineIndex(text);
  return ([start, end]) => ({ file, start: lines.position(start), end: lines.position(end) });
}

function nearestPlace(root: Node, path: Path): Place | undefined {
  let node: Node | undefined = root;
  let place: Place | undefined;
  for (const step of path) {
    node = node.children.get(step);
    if (node === undefined) break;
    place = node.place ?? place;
  }
  return place;
}

function readPlaces(text: string): Node {
  const root = newNode();
  let table = root;
  for (const { kind, keys, place } of statementsOf(text)) {
    if (kind !== 'value') table = kind === 'array' ? newItem(root, keys) : tableAt(root, keys);
    const node = kind === 'value' ? keys.reduce(childOf, table) : table;
    node.place ??= place;
  }
  return root;
}

const newNode = (): Node => ({ place: undefined, items: 0, children: new Map() });

function childOf(node: Node, step: string | number): Node {
  const known = node.children.get(step);
  if (known) return known;
  const child = newNode();
  node.children.set(step, child);
  return child;
}

/** The table of a header; the name of an array of tables means its last element. */
function tableAt(root: Node, keys: readonly string[]): Node {
  return keys.reduce((node, key) => {
    const child = childOf(node, key);
    return child.items > 0 ? childOf(child, child.items - 1) : child;
  }, root);
}

function newItem(root: Node, keys: readonly string[]): Node {
  const array = childOf(tableAt(root, keys.slice(0, -1)), keys.at(-1) ?? '');
  return childOf(array, array.items++);
}

interface Statement {
  /** A `[table]`, an `[[array]]` of tables, or `key = value`. */
  readonly kind: 'table' | 'array' | 'value';
  readonly keys: readonly string[];
  readonly place: Place;
}

function* statementsOf(text: string): Generator<Statement> {
  for (let at = nextStatement(text, 0); at < text.length; ) {
    const statement = text[at] === '[' ? readHeader(text, at) : readAssignment(text, at);
    yield statement;
    at = nextStatement(text, Math.max(statement.place.value[1], at + 1));
  }
}

function readHeader(text: string, at: number): Statement {
  const array = text[at + 1] === '[';
  const { keys, end } = readKeys(text, at + (array ? 2 : 1), ']');
  const range = [at, Math.min(end + (array ? 2 : 1), text.length)] as const;
  return { kind: array ? 'array' : 'table', keys, place: { key: range, value: range } };
}

function readAssignment(text: string, at: number): Statement {
  const { keys, end } = readKeys(text, at, '=');
  const start = skipBlanks(text, end + 1);
  return { kind: 'value', keys, place: { key: [at, end], value: [start, endOfValue(text, start)] } };
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
