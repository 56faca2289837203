import { jsonEqual } from '../rest/equal.ts';
import { metadataOf, withMetadata } from '../rest/metadata.ts';
import type { StoredObject } from '../store/record.ts';
import { asMap } from './typed/value-type.ts';

/**
 * `next` with the times of its old managedFields where nothing but those times differs, so that such a write is no change
 * (kube-apiserver `IgnoreManagedFieldsTimestampsTransformer`).
 */
export function keepTimes(old: StoredObject | undefined, next: StoredObject): StoredObject {
  return old && jsonEqual(withoutEntries(old), withoutEntries(next)) ? keepEntryTimes(old, next) : next;
}

/** `next` with its old managedFields where they differ by times alone. */
export function keepEntryTimes(old: StoredObject, next: StoredObject): StoredObject {
  const [before, after] = [metadataOf(old).managedFields, metadataOf(next).managedFields];
  if (!before || !after || before.length !== after.length) return next;
  const isSame = jsonEqual(before.map(withoutTime), after.map(withoutTime));
  return isSame ? withMetadata(next, { managedFields: before }) : next;
}

function withoutTime(entry: unknown): unknown {
  const { time: _time, ...rest } = asMap(entry) ?? {};
  return rest;
}

function withoutEntries(object: StoredObject): StoredObject {
  return withMetadata(object, { managedFields: undefined });
}
