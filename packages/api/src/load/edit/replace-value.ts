import type { TextEdit } from '@pullpath/diagnostics';
import { isCollection, isScalar, type Node, type Scalar } from 'yaml';
import type { LocatedObject, Path } from '../located.ts';
import { formatFlow, formatScalar, type Json } from './format-value.ts';
import { type EditTarget, editTarget, hasAnchor, isJson } from './target.ts';

/**
 * The edits that put another value in the place of a scalar or of a collection in flow style (`[a, b]`); quotes stay as
 * they are. Undefined where no edit is safe: block scalars and block collections, anchors, aliases, no such value.
 */
export function replaceValue(located: LocatedObject, path: Path, value: Json): readonly TextEdit[] | undefined {
  const target = editTarget(located, path);
  if (target === undefined || !isReplaceable(target.node) || hasAnchor(target.node)) return undefined;
  const [start, end] = target.node.range ?? [0, 0];
  const text = formatLike(target, target.node, value);
  const { place } = target.source;
  const edit = start === end ? afterColon(target, text) : place.edit(start, end, text);
  return edit === undefined ? undefined : [edit];
}

/** The edits that give a key another name, in the same quotes. */
export function renameKey(located: LocatedObject, path: Path, name: string): readonly TextEdit[] | undefined {
  const target = editTarget(located, path);
  const key = target?.pair?.key;
  if (target === undefined || !isScalar(key) || !isReplaceable(key) || hasAnchor(key)) return undefined;
  const [start, end] = key.range ?? [0, 0];
  const edit = target.source.place.edit(start, end, formatLike(target, key, name));
  return edit === undefined ? undefined : [edit];
}

function isReplaceable(node: Node | null): node is Node {
  if (isCollection(node)) return node.flow === true;
  return isScalar(node) && node.tag === undefined && !node.type?.startsWith('BLOCK');
}

function formatLike(target: EditTarget, old: Node, value: Json): string {
  if (typeof value === 'object' && value !== null) return formatFlow(value);
  return formatScalar(value, isJson(target.source) ? 'double' : quoteOf(old));
}

function quoteOf(node: Node): 'plain' | 'single' | 'double' {
  const type = isScalar(node) ? (node as Scalar).type : undefined;
  if (type === 'QUOTE_SINGLE') return 'single';
  return type === 'QUOTE_DOUBLE' ? 'double' : 'plain';
}

/** `key:` with nothing behind it. */
function afterColon({ pair, source }: EditTarget, text: string): TextEdit | undefined {
  const keyEnd = pair?.key.range?.[1];
  if (keyEnd === undefined) return undefined;
  const colon = source.place.text.indexOf(':', keyEnd) + 1;
  return colon === 0 ? undefined : source.place.edit(colon, colon, ` ${text}`);
}
