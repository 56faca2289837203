import { Mismatch } from '../mismatch.ts';
import { CelFailure, Optional, Uint } from './values.ts';

const textKeyed = new WeakSet<object>();

/** Marks a map that comes from an object: it has no overload for keys that are no texts. */
export function withTextKeys<T extends ReadonlyMap<string, unknown>>(map: T): T {
  textKeyed.add(map);
  return map;
}

/** `value.field`. An optional gives an optional. */
export function fieldOf(value: unknown, field: string): unknown {
  if (value instanceof Optional) return value.present ? optionalFieldOf(value.held, field) : value;
  const map = mapOf(value);
  if (!map.has(field)) throw new CelFailure(`no such key: ${field}`);
  return map.get(field);
}

/** `has(value.field)`. */
export function hasField(value: unknown, field: string): boolean {
  if (value instanceof Optional) return value.present && hasField(value.held, field);
  return mapOf(value).has(field);
}

/** `value.?field`. */
export function optionalFieldOf(value: unknown, field: unknown): unknown {
  if (value instanceof Optional) return value.present ? optionalFieldOf(value.held, field) : value;
  const map = mapOf(value);
  return map.has(field) ? Optional.of(map.get(field)) : Optional.none;
}

/** `value[key]`. */
export function elementAt(value: unknown, key: unknown): unknown {
  if (value instanceof Optional) return value.present ? optionalElementAt(value.held, key) : value;
  if (Array.isArray(value)) return itemAt(value, key);
  const map = mapOf(value);
  const found = keyIn(map, key);
  if (found === undefined) throw new CelFailure(`no such key: ${keyText(key)}`);
  return map.get(found);
}

/** `value[?key]`. */
export function optionalElementAt(value: unknown, key: unknown): unknown {
  if (value instanceof Optional) return value.present ? optionalElementAt(value.held, key) : value;
  if (Array.isArray(value)) {
    const index = indexOf(key);
    return index !== undefined && index >= 0n && index < BigInt(value.length)
      ? Optional.of(value[Number(index)])
      : Optional.none;
  }
  const map = mapOf(value);
  const found = keyIn(map, key);
  return found === undefined ? Optional.none : Optional.of(map.get(found));
}

function itemAt(list: readonly unknown[], key: unknown): unknown {
  const index = indexOf(key);
  if (index === undefined) throw new CelFailure(`unsupported index type '${typeof key}' in list`);
  if (index < 0n || index >= BigInt(list.length)) throw new CelFailure(`index out of bounds: ${index}`);
  return list[Number(index)];
}

function indexOf(key: unknown): bigint | undefined {
  if (typeof key === 'bigint') return key;
  if (key instanceof Uint) return key.value;
  return typeof key === 'number' && Number.isInteger(key) ? BigInt(key) : undefined;
}

/** The key of a map that equals a value: whole doubles find ints. */
export function keyIn(map: ReadonlyMap<unknown, unknown>, key: unknown): unknown {
  if (textKeyed.has(map) && typeof key !== 'string') throw new CelFailure('no such overload');
  if (map.has(key)) return key;
  const index = typeof key === 'string' ? undefined : indexOf(key);
  return index !== undefined && map.has(index) ? index : undefined;
}

function keyText(key: unknown): string {
  return key instanceof Uint ? String(key.value) : String(key);
}

function mapOf(value: unknown): ReadonlyMap<unknown, unknown> {
  if (value instanceof Map) return value;
  if (value instanceof Mismatch) throw new CelFailure(value.reason);
  throw new CelFailure('no such overload');
}
