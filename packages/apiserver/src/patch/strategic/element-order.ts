import { badRequest } from '../../status/status.ts';
import { goText } from '../go-text.ts';
import { badFormat, badType } from './errors.ts';
import { byMember, directiveOf, itemKind, scalarIdentity } from './list-items.ts';
import { type MergedList, mergeLists } from './merge-list.ts';
import { orderItems } from './order.ts';
import { type MergeMaps, type PatchField, type PatchType, plainType } from './patch-type.ts';
import { withoutDirectives } from './without-directives.ts';

const prefix = '$setElementOrder';

/**
 * Carries out every `$setElementOrder/FIELD` of a patch together with the patch of that field: both are taken out of `patch`,
 * and the field in `live` is replaced. Order of items: that of the directive, then that of the live list.
 */
export function mergeOrderedLists(
  live: Map<string, unknown>,
  patch: Map<string, unknown>,
  type: PatchType,
  mergeMaps: MergeMaps,
): void {
  for (const directive of [...patch.keys()].filter((key) => key.startsWith(prefix))) {
    const order = patch.get(directive);
    patch.delete(directive);
    if (!Array.isArray(order)) throw badType('list', order);
    const field = orderedField(directive);
    const how = type.fields.get(field) ?? { type: plainType };
    const list = orderedList(listIn(live, field), listIn(patch, field), order, how, mergeMaps);
    if (list === undefined) continue;
    live.set(field, list);
    patch.delete(field);
  }
}

function orderedField(directive: string): string {
  if (!directive.startsWith(`${prefix}/`)) throw badFormat('setElementOrder list');
  return directive.slice(prefix.length + 1);
}

function listIn(map: ReadonlyMap<string, unknown>, field: string): readonly unknown[] | undefined {
  if (!map.has(field)) return undefined;
  const value = map.get(field);
  if (!Array.isArray(value)) throw badType('list', value);
  return value;
}

function orderedList(
  live: readonly unknown[] | undefined,
  patch: readonly unknown[] | undefined,
  order: readonly unknown[],
  how: PatchField,
  mergeMaps: MergeMaps,
): readonly unknown[] | undefined {
  checkOrder(patch ?? [], order, how.mergeKey);
  if (!live && !patch) return undefined;
  const { items, liveOrder } = live && patch ? mergeLists(live, patch, how, mergeMaps) : unmerged(live ?? [], patch);
  itemKind(live ?? [], patch ?? []);
  return orderItems(items, order, liveOrder, how.mergeKey ? byMember(how.mergeKey) : scalarIdentity);
}

function unmerged(live: readonly unknown[], patch: readonly unknown[] | undefined): MergedList {
  return { items: patch ? (withoutDirectives(patch) as unknown[]) : live, liveOrder: live };
}

/** The items of the patch must stand in the order of the directive, and all be named by it. */
function checkOrder(patch: readonly unknown[], order: readonly unknown[], mergeKey: string | undefined): void {
  if (order.length === 0 || patch.length === 0) return;
  const identify = mergeKey ? byMember(mergeKey) : scalarIdentity;
  const items = mergeKey ? patch.filter((item) => directiveOf(item) !== 'delete') : patch;
  let found = 0;
  let at = 0;
  while (found < items.length && at < order.length) {
    const item = items[found];
    if (directiveOf(item) !== undefined || identify(item) === identify(order[at++])) found++;
  }
  if (found < items.length) {
    throw badRequest(`The order in patch list:\n${goText(patch)}\n doesn't match ${prefix} list:\n${goText(order)}\n`);
  }
}

/** Keys of a patch that order lists, which `$retainKeys` does not count. */
export function isOrderDirective(key: string): boolean {
  return key.startsWith(prefix);
}
