import { badRequest } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { jsonKind } from './go-text.ts';
import { isJsonObject, type JsonObject, mapMembers } from './json-value.ts';

/**
 * The object after a JSON merge patch (RFC 7386, in the reading of evanphx/json-patch 4: objects inside lists lose their nulls
 * too where the list is not put in the place of an object). Throws `ApiError` 400 for what is no object.
 */
export function mergePatch(object: StoredObject, patch: unknown): StoredObject {
  if (patch === null) throw badRequest('Invalid JSON Patch');
  if (!isJsonObject(patch)) {
    const kind = jsonKind(patch);
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`,
    );
  }
  return mergeObjects(object, patch);
}

function mergeObjects(object: StoredObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(object));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergeValue(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

function mergeValue(current: unknown, patch: unknown): unknown {
  if (!isJsonObject(current)) return withoutNulls(patch);
  return isJsonObject(patch) ? mergeObjects(current, patch) : patch;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null);
  return mapMembers(Object.fromEntries(kept), withoutNulls);
}
