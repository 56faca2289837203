import type { ResourceDefinition } from '../resources/resource.ts';
import { unsupportedMediaType } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';

/** The object that a JSON, merge or strategic merge patch makes of another. */
export function applyOther(
  type: string,
  _resource: ResourceDefinition,
  object: StoredObject,
  patch: unknown,
): StoredObject {
  if (type !== 'application/merge-patch+json') throw unsupportedMediaType(['application/merge-patch+json']);
  return merged(object, patch as StoredObject);
}

function merged(target: StoredObject, patch: StoredObject): StoredObject {
  const result = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, isMap(value) ? merged(asMap(result.get(key)), value) : value);
  }
  return Object.fromEntries(result);
}

function asMap(value: unknown): StoredObject {
  return isMap(value) ? value : {};
}

function isMap(value: unknown): value is StoredObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
