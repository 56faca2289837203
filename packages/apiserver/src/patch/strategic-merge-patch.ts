import { badRequest } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { jsonKind } from './go-text.ts';
import { isJsonObject } from './json-value.ts';
import { mergeMaps } from './strategic/merge-map.ts';
import type { PatchType } from './strategic/patch-type.ts';

/**
 * The object after a strategic merge patch (apimachinery `strategicpatch`), see `builtInPatchType` for the types. Throws
 * `ApiError`: 400 for what is no such patch, 422 for lists of lists.
 */
export function strategicMergePatch(object: StoredObject, patch: unknown, type: PatchType): StoredObject {
  if (patch === null) return object;
  if (isJsonObject(patch)) return mergeMaps(object, patch, type);
  throw badRequest(`json: cannot unmarshal ${jsonKind(patch)} into Go value of type map[string]interface {}`);
}
