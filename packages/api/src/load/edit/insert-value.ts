import type { TextEdit } from '@pullpath/diagnostics';
import { isCollection, isMap, isPair, isSeq, type Node, type Pair } from 'yaml';
import type { LocatedObject, Path } from '../located.ts';
import { dashBefore, endOf, isDashes, startOf } from './delete-value.ts';
import { formatBlock, formatEntry, formatFlow, type Json } from './format-value.ts';
import { replaceValue } from './replace-value.ts';
import { type EditTarget, editTarget, endsInKeptBlock, lineEnd, lineStart } from './target.ts';

type Item = Node | Pair<Node, Node | null>;

/**
 * The edits that set the value at a path: an existing value is replaced (`replaceValue`), a missing key is written behind
 * the last one of its mapping. Undefined where no edit is safe, or where the mapping itself is missing.
 */
export function setValue(located: LocatedObject, path: Path, value: Json): readonly TextEdit[] | undefined {
  if (editTarget(located, path) !== undefined) return replaceValue(located, path, value);
  const key = path.at(-1);
  const parent = editTarget(located, path.slice(0, -1));
  if (parent === undefined || !isMap(parent.node) || typeof key !== 'string') return undefined;
  const flow = `${JSON.stringify(key)}: ${formatFlow(value)}`;
  return insert(parent, parent.node.items.length, flow, formatEntry(key, value));
}

/** The edits that put an item into a list, before the item at `index`, or behind the last one. */
export function insertItem(
  located: LocatedObject,
  path: Path,
  index: number,
  value: Json,
): readonly TextEdit[] | undefined {
  const parent = editTarget(located, path);
  if (parent === undefined || !isSeq(parent.node)) return undefined;
  const at = Math.max(0, Math.min(index, parent.node.items.length));
  return insert(parent, at, formatFlow(value), formatBlock([value]));
}

function insert(
  parent: EditTarget,
  index: number,
  flow: string,
  lines: readonly string[],
): readonly TextEdit[] | undefined {
  if (!isCollection(parent.node)) return undefined;
  const items = parent.node.items as Item[];
  const edit =
    parent.node.flow === true ? intoFlow(parent, items, index, flow) : intoBlock(parent, items, index, lines);
  return edit === undefined ? undefined : [edit];
}

function intoFlow(
  { node, source }: EditTarget,
  items: readonly Item[],
  index: number,
  text: string,
): TextEdit | undefined {
  const [next, last] = [items[index], items.at(-1)];
  if (next !== undefined) return source.place.edit(startOf(next), startOf(next), `${text}, `);
  const at = last === undefined ? (node?.range?.[0] ?? 0) + 1 : endOf(source.place.text, last);
  return source.place.edit(at, at, last === undefined ? text : `, ${text}`);
}

function intoBlock(
  { source }: EditTarget,
  items: readonly Item[],
  index: number,
  lines: readonly string[],
): TextEdit | undefined {
  const { text } = source.place;
  const starts = items.map((item) => (isPair(item) ? startOf(item) : dashBefore(text, startOf(item))));
  const [first, next, previous] = [starts[0], starts[index], items[index - 1]];
  if (first === undefined || !isDashes(text.slice(lineStart(text, first), first))) return undefined;
  const indentation = ' '.repeat(first - lineStart(text, first));
  if (previous === undefined) return next === undefined ? undefined : beforeFirst(source, next, lines, indentation);
  if (endsInKeptBlock(text, isPair(previous) ? (previous.value ?? previous.key) : previous)) return undefined;
  const at = lineEnd(text, endOf(text, previous));
  return source.place.edit(at, at, lines.map((line) => `\n${indentation}${line}`).join(''));
}

function beforeFirst(
  { place }: EditTarget['source'],
  at: number,
  lines: readonly string[],
  indentation: string,
): TextEdit | undefined {
  return place.edit(at, at, lines.map((line) => `${line}\n${indentation}`).join(''));
}
