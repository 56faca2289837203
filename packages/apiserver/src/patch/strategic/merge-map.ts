import { goType } from '../go-text.ts';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import { isOrderDirective, mergeOrderedLists } from './element-order.ts';
import { badFormat, badPatchType } from './errors.ts';
import { scalarIdentity } from './list-items.ts';
import { deleteFromList, mergeLists } from './merge-list.ts';
import { type PatchField, type PatchType, plainType } from './patch-type.ts';
import { withoutDirectives, withoutNulls } from './without-directives.ts';

const deletePrefix = '$deleteFromPrimitiveList';

/** The map after a strategic merge patch of it (apimachinery `strategicpatch` mergeMap). Neither is changed. */
export function mergeMaps(live: JsonObject, patch: JsonObject, type: PatchType): JsonObject {
  if (Object.hasOwn(patch, '$patch')) return carryOutDirective(patch);
  const [merged, left] = [new Map(Object.entries(live)), new Map(Object.entries(patch))];
  retainKeys(merged, left);
  mergeOrderedLists(merged, left, type, mergeMaps);
  for (const [key, value] of left) if (key.startsWith(deletePrefix)) deleteItems(merged, key, value, type);
  for (const [key, value] of left) if (!key.startsWith(deletePrefix)) mergeMember(merged, key, value, type);
  return Object.fromEntries(merged);
}

function carryOutDirective({ $patch: directive, ...rest }: JsonObject): JsonObject {
  if (directive === 'replace') return rest;
  if (directive === 'delete') return {};
  throw badPatchType(directive, { $patch: directive, ...rest });
}

/** `$retainKeys` names all members that stay; the patch may set no others. */
function retainKeys(live: Map<string, unknown>, patch: Map<string, unknown>): void {
  if (!patch.has('$retainKeys')) return;
  const names = patch.get('$retainKeys');
  patch.delete('$retainKeys');
  if (!Array.isArray(names)) throw badFormat('retainKeys');
  const retained = new Set(names.map(scalarIdentity));
  for (const [key, value] of patch) {
    const counts = value !== null && !key.startsWith(deletePrefix) && !isOrderDirective(key);
    if (counts && !retained.has(scalarIdentity(key))) throw badFormat('retainKeys');
  }
  for (const key of live.keys()) if (!retained.has(scalarIdentity(key))) live.delete(key);
}

function deleteItems(live: Map<string, unknown>, directive: string, items: unknown, type: PatchType): void {
  if (!directive.startsWith(`${deletePrefix}/`)) throw badFormat('primitive list');
  const field = directive.slice(deletePrefix.length + 1);
  const list = live.get(field);
  if (items === null) live.delete(field);
  else if (Array.isArray(list) && Array.isArray(items))
    live.set(field, deleteFromList(list, items, fieldOf(type, field), mergeMaps));
}

function fieldOf(type: PatchType, name: string): PatchField {
  return type.fields.get(name) ?? { type: plainType };
}

function mergeMember(live: Map<string, unknown>, key: string, patch: unknown, type: PatchType): void {
  const value = patch === null ? undefined : mergedValue(live.get(key), patch, fieldOf(type, key));
  if (value === undefined) live.delete(key);
  else live.set(key, value);
}

/** Undefined where the patch is a directive that leaves nothing. */
function mergedValue(live: unknown, patch: unknown, field: PatchField): unknown {
  if (live === undefined || goType(live) !== goType(patch)) return withoutDirectives(withoutNulls(patch));
  if (isJsonObject(live) && isJsonObject(patch)) {
    return field.strategy === 'replace' ? patch : mergeMaps(live, patch, field.type ?? plainType);
  }
  return Array.isArray(live) && Array.isArray(patch) ? mergeLists(live, patch, field, mergeMaps).items : patch;
}
