import { isJsonMap, type JsonMap, ownValue } from '../../schema/json.ts';

/** The mapping at `key`, or an empty one. Field names are read without regard to case, as Go's `encoding/json` does. */
export function mapAt(map: JsonMap, key: string): JsonMap {
  const value = valueAt(map, key);
  return isJsonMap(value) ? value : {};
}

/** The mappings of the list at `key`; an item that is none counts as an empty one, so that indexes hold. */
export function mapsAt(map: JsonMap, key: string): readonly JsonMap[] {
  const value = valueAt(map, key);
  return Array.isArray(value) ? value.map((item: unknown) => (isJsonMap(item) ? item : {})) : [];
}

/** The text at `key`, or the empty text. */
export function textAt(map: JsonMap, key: string): string {
  const value = valueAt(map, key);
  return typeof value === 'string' ? value : '';
}

/** Number of items of the list at `key`. */
export function lengthAt(map: JsonMap, key: string): number {
  const value = valueAt(map, key);
  return Array.isArray(value) ? value.length : 0;
}

function valueAt(map: JsonMap, key: string): unknown {
  if (Object.hasOwn(map, key)) return ownValue(map, key);
  const other = Object.keys(map).find((name) => name.toLowerCase() === key.toLowerCase());
  return other === undefined ? undefined : ownValue(map, other);
}
