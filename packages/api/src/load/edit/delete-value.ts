import type { TextEdit } from '@pullpath/diagnostics';
import { isCollection, isMap, isPair, type Node, type Pair } from 'yaml';
import type { LocatedObject, Path } from '../located.ts';
import { contentEnd, type EditTarget, editTarget, hasAnchor, lineEnd, lineStart } from './target.ts';

/**
 * The edits that remove a key with its value, or a list item, with its lines and the comment behind it; comments above
 * stay. The last one of a collection leaves `{}` or `[]`. Undefined where no edit is safe, as in `replaceValue`.
 */
export function deleteValue(located: LocatedObject, path: Path): readonly TextEdit[] | undefined {
  const target = editTarget(located, path);
  const parent = editTarget(located, path.slice(0, -1));
  if (target === undefined || parent === undefined || !isCollection(parent.node)) return undefined;
  if (hasAnchor(target.node) || hasAnchor(target.pair?.key)) return undefined;
  const items = parent.node.items as Item[];
  const index = items.indexOf(target.pair ?? (target.node as Node));
  const edit =
    items.length === 1
      ? emptied(parent)
      : parent.node.flow === true
        ? withoutFlowItem(target, items, index)
        : withoutBlockItem(target, items, index);
  return edit === undefined ? undefined : [edit];
}

type Item = Node | Pair<Node, Node | null>;

function emptied(parent: EditTarget): TextEdit | undefined {
  const { node, pair, source } = parent;
  if (!isCollection(node) || node.anchor !== undefined || node.tag !== undefined) return undefined;
  const { text } = source.place;
  const empty = isMap(node) ? '{}' : '[]';
  if (node.flow === true) return source.place.edit(node.range?.[0] ?? 0, node.range?.[1] ?? 0, empty);
  const colon = pair?.key.range ? text.indexOf(':', pair.key.range[1]) + 1 : 0;
  return colon === 0 ? undefined : source.place.edit(colon, lineEnd(text, contentEnd(text, node)), ` ${empty}`);
}

function withoutFlowItem({ source }: EditTarget, items: readonly Item[], index: number): TextEdit | undefined {
  const [item, next, previous] = [items[index], items[index + 1], items[index - 1]];
  if (item === undefined) return undefined;
  if (next !== undefined) return source.place.edit(startOf(item), startOf(next), '');
  return previous && source.place.edit(endOf(source.place.text, previous), endOf(source.place.text, item), '');
}

function withoutBlockItem({ source }: EditTarget, items: readonly Item[], index: number): TextEdit | undefined {
  const { text } = source.place;
  const [item, next] = [items[index], items[index + 1]];
  if (item === undefined) return undefined;
  const start = isPair(item) ? startOf(item) : dashBefore(text, startOf(item));
  if (start === undefined) return undefined;
  const end = lineEnd(text, endOf(text, item));
  const from = lineStart(text, start);
  if (text.slice(from, start).trim() === '') return wholeLines(source.place, from, end);
  if (!isDashes(text.slice(from, start))) return undefined;
  // `- key: value` on one line with its dash: the next key moves up beside the dash.
  return next === undefined || !isPair(next) ? undefined : source.place.edit(start, startOf(next), '');
}

/** From the end of the line before to the end of the last line, so that no blank line is left. */
function wholeLines(place: EditTarget['source']['place'], from: number, end: number): TextEdit | undefined {
  if (from > 0) {
    const before = place.text[from - 2] === '\r' ? from - 2 : from - 1;
    return place.edit(before, end, '');
  }
  const next = place.text.indexOf('\n', end);
  return place.edit(0, next === -1 ? place.text.length : next + 1, '');
}

/** The offset of the `-` of a list item, if only blanks stand between. */
export function dashBefore(text: string, offset: number): number | undefined {
  let at = offset - 1;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r') at -= 1;
  return text[at] === '-' ? at : undefined;
}

/** True for what may stand before an item on its line: blanks and the dashes of lists around it. */
export function isDashes(text: string): boolean {
  return /^[ -]*$/.test(text);
}

export function startOf(item: Item): number {
  return (isPair(item) ? item.key : item)?.range?.[0] ?? 0;
}

export function endOf(text: string, item: Item): number {
  if (!isPair(item)) return contentEnd(text, item);
  const hasValue = item.value !== null && (item.value.range?.[1] ?? 0) > (item.value.range?.[0] ?? 0);
  return hasValue && item.value !== null ? contentEnd(text, item.value) : (item.key.range?.[1] ?? 0);
}
