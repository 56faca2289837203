import { keyIn } from '../access.ts';
import { isEqual } from '../equality.ts';
import { CelFailure, Duration, Uint } from '../values.ts';
import type { Implementation, Implementations } from './implementation.ts';

type Ordered = bigint | number | string | boolean | Date | Duration | Uint | Uint8Array;

/** `==`, `<` and their like, and `in`. */
export const comparison: Implementations = {
  equals: (a: unknown, b: unknown) => isEqual(a, b),
  not_equals: (a: unknown, b: unknown) => !isEqual(a, b),
  in_list: (item: unknown, list: readonly unknown[]) => list.some((each) => isEqual(each, item)),
  in_map: (key: unknown, map: ReadonlyMap<unknown, unknown>) => keyIn(map, key) !== undefined,
  ...orders('less', (order) => order < 0),
  ...orders('less_equals', (order) => order <= 0),
  ...orders('greater', (order) => order > 0),
  ...orders('greater_equals', (order) => order >= 0),
};

function orders(prefix: string, holds: (order: number) => boolean): Record<string, Implementation> {
  const compare = (a: Ordered, b: Ordered): boolean => holds(compareValues(a, b));
  const suffixes =
    'bool int64 int64_double int64_uint64 uint64 uint64_double uint64_int64 double double_int64 double_uint64 string bytes timestamp duration';
  return Object.fromEntries(suffixes.split(' ').map((suffix) => [`${prefix}_${suffix}`, compare] as const));
}

/** Negative, zero or positive, as for sorting. Texts go by code points. Throws for NaN. */
export function compareValues(left: Ordered, right: Ordered): number {
  if (left instanceof Uint8Array && right instanceof Uint8Array)
    return compareLists(Array.from(left), Array.from(right));
  const [a, b] = [plain(left), plain(right)];
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (Number.isNaN(a) || Number.isNaN(b)) throw new CelFailure('NaN values cannot be ordered');
  return a < b ? -1 : a > b ? 1 : 0;
}

function plain(value: Ordered): bigint | number | string | boolean {
  if (value instanceof Uint) return value.value;
  if (value instanceof Date) return value.getTime();
  if (value instanceof Duration) return value.nanoseconds;
  return value instanceof Uint8Array ? '' : value;
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const codes = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);
  return compareLists(codes(a), codes(b));
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((item, at) => item !== b[at]);
  if (index === -1) return a.length - b.length;
  return b.length <= index ? 1 : (a[index] ?? 0) - (b[index] ?? 0);
}
