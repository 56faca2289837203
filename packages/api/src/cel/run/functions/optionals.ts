import { CelFailure, Optional, Uint } from '../values.ts';
import type { Implementations } from './implementation.ts';

/** Functions of optionals, and the insertion of `transformMap`. */
export const optionals: Implementations = {
  optional_of: (value: unknown) => Optional.of(value),
  optional_ofNonZeroValue: (value: unknown) => (isZero(value) ? Optional.none : Optional.of(value)),
  optional_none: () => Optional.none,
  optional_hasValue: ({ present }: Optional) => present,
  optional_value: dereferenced,
  optional_or_optional: (first: Optional, second: Optional) => (first.present ? first : second),
  optional_orValue_value: (first: Optional, second: unknown) => (first.present ? first.held : second),
  optional_unwrap: unwrap,
  optional_unwrapOpt: unwrap,
  '@mapInsert_map_key_value': (map: ReadonlyMap<unknown, unknown>, key: unknown, value: unknown) =>
    insert(map, [[key, value]]),
  '@mapInsert_map_map': (map: ReadonlyMap<unknown, unknown>, entries: ReadonlyMap<unknown, unknown>) =>
    insert(map, entries),
};

function dereferenced(optional: Optional): unknown {
  if (!optional.present) throw new CelFailure('optional.none() dereference');
  return optional.held;
}

function unwrap(list: readonly Optional[]): unknown[] {
  return list.filter(({ present }) => present).map(({ held }) => held);
}

function isZero(value: unknown): boolean {
  if (value === null || value === false || value === '' || value === 0 || value === 0n) return true;
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length === 0;
  return value instanceof Map ? value.size === 0 : value instanceof Uint && value.value === 0n;
}

function insert(
  map: ReadonlyMap<unknown, unknown>,
  entries: Iterable<readonly [unknown, unknown]>,
): Map<unknown, unknown> {
  const result = new Map(map);
  for (const [key, value] of entries) {
    if (result.has(key)) throw new CelFailure(`insert failed: key ${String(key)} already exists`);
    result.set(key, value);
  }
  return result;
}
