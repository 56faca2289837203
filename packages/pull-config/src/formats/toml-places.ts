import type { Path, SourceMap } from '@pullpath/api';
import { lineIndex, type SourceSpan } from '@pullpath/diagnostics';
import { type TextRange, type TomlStatement, tomlStatements } from './toml-statements.ts';

type Place = Pick<TomlStatement, 'key' | 'value'>;

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
  let known: { root: Node; span: (range: TextRange) => SourceSpan } | undefined;
  const nearest = (path: Path, of: 'key' | 'value'): SourceSpan => {
    known ??= { root: readPlaces(text), span: spanner(file, text) };
    return known.span(nearestPlace(known.root, path)?.[of] ?? [0, 0]);
  };
  return { file, span: (path) => nearest(path, 'value'), keySpan: (path) => nearest(path, 'key') };
}

/** The keys of every `[table]` header of a TOML text that a parser has accepted, in order; `[[arrays]]` are left out. */
export function tomlTableHeaders(text: string): (readonly string[])[] {
  return [...tomlStatements(text)].filter(({ kind }) => kind === 'table').map(({ keys }) => keys);
}

function spanner(file: string, text: string): (range: TextRange) => SourceSpan {
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
  for (const { kind, keys, key, value } of tomlStatements(text)) {
    if (kind !== 'value') table = kind === 'array' ? newItem(root, keys) : tableAt(root, keys);
    const node = kind === 'value' ? keys.reduce(childOf, table) : table;
    node.place ??= { key, value };
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
