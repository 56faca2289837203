import { isAlias, isCollection, isScalar, type Node, visit } from 'yaml';
import type { LocatedObject, Path } from '../located.ts';
import { findNode, type NodePlace, type YamlSource, yamlSourceOf } from '../yaml/source-map.ts';

/** The node that an edit is about. */
export interface EditTarget extends NodePlace {
  readonly source: YamlSource;
}

/**
 * The node at a path, if an edit there changes this value and no other: nothing on the way may be an alias or come from
 * a merge key, and the object must come from a file.
 */
export function editTarget(located: LocatedObject, path: Path): EditTarget | undefined {
  const source = yamlSourceOf(located.source);
  if (source === undefined) return undefined;
  let place: NodePlace = { node: source.root };
  for (let length = 0; length <= path.length; length++) {
    const next = findNode(source, path.slice(0, length));
    if (next === undefined || isAlias(next.node) || !hangsIn(next, place.node)) return undefined;
    place = next;
  }
  return { ...place, source };
}

function hangsIn({ pair, parent }: NodePlace, expected: Node | null): boolean {
  if (parent === undefined) return true;
  return parent === expected && (pair === undefined || (isCollection(parent) && parent.items.includes(pair)));
}

/** An alias elsewhere would lose its anchor if this node went away. */
export function hasAnchor(node: Node | null | undefined): boolean {
  if (node === null || node === undefined) return false;
  let found = false;
  visit(node, (_, inner) => {
    if ((isScalar(inner) || isCollection(inner)) && inner.anchor !== undefined) found = true;
    return found ? visit.BREAK : undefined;
  });
  return found;
}

/** The end of what a node writes: its value, without the line breaks that end a block scalar. */
export function contentEnd(text: string, node: Node): number {
  const last = lastNode(node);
  let end = last.range?.[1] ?? 0;
  while (text[end - 1] === '\n' || text[end - 1] === '\r') end -= 1;
  return end;
}

/** Blank lines after a `|+` block belong to its value, so nothing may be written behind it. */
export function endsInKeptBlock(text: string, node: Node): boolean {
  const last = lastNode(node);
  if (!isScalar(last) || !last.type?.startsWith('BLOCK')) return false;
  const start = last.range?.[0] ?? 0;
  return text.slice(start, start + 3).includes('+');
}

function lastNode(node: Node): Node {
  let last = node;
  visit(node, (_, inner) => {
    if (
      (isScalar(inner) || isCollection(inner) || isAlias(inner)) &&
      (inner.range?.[1] ?? 0) >= (last.range?.[1] ?? 0)
    ) {
      last = inner;
    }
  });
  return last;
}

/** The end of the line of an offset, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  const end = found === -1 ? text.length : found;
  return text[end - 1] === '\r' && end > offset ? end - 1 : end;
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** True for a text that is JSON, where everything stays quoted. */
export function isJson(source: YamlSource): boolean {
  return /^\s*[{[]/.test(source.place.text.slice(0, 1000));
}
