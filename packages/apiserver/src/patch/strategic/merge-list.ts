import { badRequest } from '../../status/status.ts';
import { isJsonObject, type JsonObject, ownValue } from '../json-value.ts';
import { badPatchType, noMergeKey } from './errors.ts';
import { byMember, directiveOf, itemKind, scalarIdentity } from './list-items.ts';
import { orderItems } from './order.ts';
import { type MergeMaps, type PatchField, plainType } from './patch-type.ts';

/** A list after its patch, and the order of the live list that later ordering goes by. */
export interface MergedList {
  readonly items: readonly unknown[];
  readonly liveOrder: readonly unknown[];
}

/** The list after the patch of a field: replaced, or joined with it by merge key. Throws `ApiError` where they do not fit. */
export function mergeLists(
  live: readonly unknown[],
  patch: readonly unknown[],
  field: PatchField,
  mergeMaps: MergeMaps,
): MergedList {
  return field.strategy === 'merge' ? joinLists(live, patch, field, mergeMaps) : { items: patch, liveOrder: live };
}

/** The list without the scalars of a `$deleteFromPrimitiveList`; a list of maps is joined with it instead. */
export function deleteFromList(
  live: readonly unknown[],
  deleted: readonly unknown[],
  field: PatchField,
  mergeMaps: MergeMaps,
): readonly unknown[] {
  if (live.length + deleted.length === 0) return live;
  if (itemKind(live, deleted) === 'map') return joinLists(live, deleted, field, mergeMaps).items;
  const gone = new Set(deleted.map(scalarIdentity));
  return live.filter((item) => !gone.has(scalarIdentity(item)));
}

function joinLists(
  live: readonly unknown[],
  patch: readonly unknown[],
  field: PatchField,
  mergeMaps: MergeMaps,
): MergedList {
  if (live.length + patch.length === 0) return { items: live, liveOrder: live };
  if (itemKind(live, patch) === 'scalar') {
    return { items: orderItems(distinct([...live, ...patch]), patch, live, scalarIdentity), liveOrder: live };
  }
  if (!field.mergeKey) throw badRequest('cannot merge lists without merge key for struct');
  const { kept, items, replaces } = carryOutDirectives(live, patch as readonly JsonObject[], field.mergeKey);
  const merged = mergeItems(kept, items, field, mergeMaps);
  const ordered = orderItems(merged, items, kept, byMember(field.mergeKey));
  // strategicpatch works in place: the first new items take the places of deleted ones.
  return { items: ordered, liveOrder: replaces ? live : merged.slice(0, live.length) };
}

function distinct(items: readonly unknown[]): unknown[] {
  return [...new Map(items.map((item) => [scalarIdentity(item), item] as const)).values()];
}

interface Directed {
  readonly kept: readonly unknown[];
  readonly items: readonly JsonObject[];
  readonly replaces: boolean;
}

/** What is left of the live list after the directives in the patch, and the items that are none. */
function carryOutDirectives(live: readonly unknown[], patch: readonly JsonObject[], mergeKey: string): Directed {
  const deleted = new Set<string>();
  let replaces = false;
  for (const item of patch.filter((candidate) => Object.hasOwn(candidate, '$patch'))) {
    const directive = directiveOf(item);
    if (directive === 'replace') replaces = true;
    else if (directive === 'merge') throw badRequest('merging lists cannot yet be specified in the patch');
    else if (directive !== 'delete') throw badPatchType(directive, item);
    else if (Object.hasOwn(item, mergeKey)) deleted.add(scalarIdentity(ownValue(item, mergeKey)));
    else throw noMergeKey(item, mergeKey);
  }
  const items = patch.filter((item) => !Object.hasOwn(item, '$patch'));
  if (replaces) return { kept: items, items: [], replaces };
  return { kept: live.filter((item) => !isDeleted(item, mergeKey, deleted)), items, replaces };
}

function isDeleted(item: unknown, mergeKey: string, deleted: ReadonlySet<string>): boolean {
  return isJsonObject(item) && Object.hasOwn(item, mergeKey) && deleted.has(scalarIdentity(item[mergeKey]));
}

function mergeItems(
  live: readonly unknown[],
  patch: readonly JsonObject[],
  { type = plainType, mergeKey = '' }: PatchField,
  mergeMaps: MergeMaps,
): unknown[] {
  const identify = byMember(mergeKey);
  const merged = [...live];
  const at = new Map<string, number>();
  for (const [index, item] of live.entries()) {
    const identity = isJsonObject(item) && Object.hasOwn(item, mergeKey) ? identify(item) : undefined;
    if (identity !== undefined && !at.has(identity)) at.set(identity, index);
  }
  for (const item of patch) {
    const identity = identify(item);
    const index = at.get(identity);
    if (index === undefined) at.set(identity, merged.push(item) - 1);
    else merged[index] = mergeMaps(merged[index] as JsonObject, item, type);
  }
  return merged;
}
