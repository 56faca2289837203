import { isAlias, isMap, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Path, SourceMap } from '../located.ts';
import type { TextPlace } from '../text-place.ts';
import { isMergeKey, keyText } from './keys.ts';

/** The YAML behind an object: what edits and embedded documents need beyond spans. */
export interface YamlSource {
  readonly place: TextPlace;
  readonly root: Node;
  readonly aliases: ReadonlyMap<Node, Node>;
}

/** The node at a path, and how it hangs in its parent. */
export interface NodePlace {
  readonly node: Node | null;
  readonly pair?: Pair<Node, Node | null>;
  readonly parent?: Node;
  readonly index?: number;
}

const sources = new WeakMap<SourceMap, YamlSource>();

export function yamlSourceMap(source: YamlSource): SourceMap {
  const map: SourceMap = {
    file: source.place.file,
    span: (path) => spanOf(source, valueRange(nearest(source, path))),
    keySpan: (path) => spanOf(source, keyRange(nearest(source, path))),
  };
  sources.set(map, source);
  return map;
}

/** The YAML that a source map reads; undefined for one that was made elsewhere. */
export function yamlSourceOf(map: SourceMap | undefined): YamlSource | undefined {
  return map === undefined ? undefined : sources.get(map);
}

/** The place of the value at exactly this path, with aliases and merge keys followed; undefined where there is none. */
export function findNode(source: YamlSource, path: Path): NodePlace | undefined {
  let place: NodePlace | undefined = { node: source.root };
  for (const step of path) {
    place = child(source, place, step);
    if (place === undefined) return undefined;
  }
  return place;
}

function nearest(source: YamlSource, path: Path): NodePlace {
  let place: NodePlace = { node: source.root };
  for (const step of path) {
    const next = child(source, place, step);
    if (next === undefined) return place;
    place = next;
  }
  return place;
}

function child(source: YamlSource, { node }: NodePlace, step: string | number): NodePlace | undefined {
  const parent = resolved(source, node);
  if (isSeq(parent)) {
    const item = parent.items[Number(step)] as Node | undefined;
    return item === undefined ? undefined : { node: item, parent, index: Number(step) };
  }
  const pair = isMap(parent) ? pairsOf(source, parent as ParsedMap).get(String(step)) : undefined;
  return pair === undefined || parent === null ? undefined : { node: pair.value, pair, parent };
}

type ParsedMap = YAMLMap<Node, Node | null>;
type ParsedPair = Pair<Node, Node | null>;

const pairTables = new WeakMap<Node, ReadonlyMap<string, ParsedPair>>();

/** The pairs that make the value, in the order of `convertDocument`: what comes later wins, merged maps in reverse. */
function pairsOf(source: YamlSource, map: ParsedMap): ReadonlyMap<string, ParsedPair> {
  const known = pairTables.get(map);
  if (known !== undefined) return known;
  const table = new Map<string, ParsedPair>();
  pairTables.set(map, table);
  for (const pair of map.items) {
    const name = isMergeKey(pair.key) ? undefined : keyText(resolved(source, pair.key) ?? pair.key);
    if (name !== undefined) table.set(name, pair);
    else if (isMergeKey(pair.key))
      for (const merged of mergedMaps(source, pair)) addAll(table, pairsOf(source, merged));
  }
  return table;
}

function mergedMaps(source: YamlSource, { value }: ParsedPair): ParsedMap[] {
  const maps = isSeq(value) ? (value.items as Node[]).toReversed() : [value];
  return maps.map((node) => resolved(source, node)).filter((node): node is ParsedMap => isMap(node));
}

function addAll(table: Map<string, ParsedPair>, other: ReadonlyMap<string, ParsedPair>): void {
  for (const [name, pair] of other) table.set(name, pair);
}

function resolved(source: YamlSource, node: Node | null): Node | null {
  return isAlias(node) ? (source.aliases.get(node) ?? null) : node;
}

type Range = readonly [number, number];

function spanOf(source: YamlSource, [start, end]: Range): ReturnType<SourceMap['span']> {
  return source.place.span(start, end);
}

/** A missing value (`key:` and nothing) stands where its key stands. */
function valueRange({ node, pair }: NodePlace): Range {
  const range = contentRange(node);
  return range === undefined || (range[0] === range[1] && pair !== undefined)
    ? (contentRange(pair?.key) ?? [0, 0])
    : range;
}

function keyRange(place: NodePlace): Range {
  return contentRange(place.pair?.key) ?? valueRange(place);
}

function contentRange(node: Node | null | undefined): Range | undefined {
  return node?.range ? [node.range[0], node.range[1]] : undefined;
}
