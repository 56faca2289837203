import { canonicalJson, isJsonMap, jsonEquals, ownValue } from './json.ts';
import type { Schema } from './schema.ts';

/**
 * The value that stood at the same place before an update; undefined on creation and where no place corresponds: items of
 * lists correspond only by the keys of a list map (Kubernetes `CorrelatedObject`).
 */
export type Old = { readonly value: unknown } | undefined;

/** The old value of a member. */
export function oldMember(old: Old, key: string): Old {
  const value = isJsonMap(old?.value) ? ownValue(old.value, key) : undefined;
  return value === undefined ? undefined : { value };
}

/** The old items of a list, looked up by new item. The index is built once. */
export function oldItems(schema: Schema, old: Old): (item: unknown) => Old {
  if (schema.listType !== 'map' || !Array.isArray(old?.value)) return () => undefined;
  const byKey = new Map<string, unknown>();
  for (const item of old.value) if (isJsonMap(item)) byKey.set(mapKeyOf(schema, item), item);
  return (item) => {
    const value = isJsonMap(item) ? byKey.get(mapKeyOf(schema, item)) : undefined;
    return value === undefined ? undefined : { value };
  };
}

/** The keys of an item of a list map, as one text. */
export function mapKeyOf(schema: Schema, item: Readonly<Record<string, unknown>>): string {
  return canonicalJson((schema.listMapKeys ?? []).map((key) => ownValue(item, key)));
}

/** True when the value stood there before: its faults are then tolerated (ratcheting). */
export function isUnchanged(old: Old, value: unknown): boolean {
  return old !== undefined && jsonEquals(old.value, value);
}
