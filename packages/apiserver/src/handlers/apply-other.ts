import { jsonPatch } from '../patch/json-patch.ts';
import { mergePatch } from '../patch/merge-patch.ts';
import { builtInPatchType } from '../patch/strategic/built-in-types.ts';
import { strategicMergePatch } from '../patch/strategic-merge-patch.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import type { StoredObject } from '../store/record.ts';

export type PatchType =
  | 'application/json-patch+json'
  | 'application/merge-patch+json'
  | 'application/strategic-merge-patch+json';

/** The object that a JSON, merge or strategic merge patch makes of another. Throws `ApiError` where it does not fit. */
export function applyOther(
  type: PatchType,
  resource: ResourceDefinition,
  object: StoredObject,
  patch: unknown,
): StoredObject {
  switch (type) {
    case 'application/json-patch+json':
      return jsonPatch(object, patch);
    case 'application/merge-patch+json':
      return mergePatch(object, patch);
    case 'application/strategic-merge-patch+json':
      return strategicMergePatch(object, patch, builtInPatchType(resource));
  }
}
