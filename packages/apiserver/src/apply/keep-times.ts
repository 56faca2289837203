import { jsonEqual } from '../rest/equal.ts';
import { metadataOf, withMetadata } from '../rest/metadata.ts';
import type { StoredObject } from '../store/record.ts';
import { asMap } from './typed/value-type.ts';

/**
 * `next` with the times of its old managedFields where nothing but those times differs, so that such a write is no change
 * (kube-apiserver `IgnoreManagedFieldsTimestampsTransformer`).
 */
export function keepTimes(old: StoredObject | undefined, next: StoredObject): StoredObject {
  const [before, after] = [old && metadataOf(old).managedFields, metadataOf(next).managedFields];
  if (!old || !before || !after || before.length !== after.length) return next;
  if (!jsonEqual(before.map(withoutTime), after.map(withoutTime))) return next;
  return jsonEqual(withoutEntries(old), withoutEntries(next)) ? withMetadata(next, { managedFields: before }) : next;
}

function withoutTime(entry: unknown): unknown {
  const { time: _time, ...rest } = asMap(entry) ?? {};
  return rest;
}

function withoutEntries(object: StoredObject): StoredObject {
  return withMetadata(object, { managedFields: undefined });
}
