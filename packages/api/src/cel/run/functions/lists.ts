import { isEqual } from '../equality.ts';
import { typeNameOf } from '../type-name.ts';
import { CelFailure, Duration, Optional, Uint } from '../values.ts';
import { int, uint } from './arithmetic.ts';
import { compareValues } from './comparison.ts';
import type { Implementation, Implementations } from './implementation.ts';

type Ordered = Parameters<typeof compareValues>[0];
type List<T = unknown> = readonly T[];

const elements = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes'];
const sortable = [
  'int',
  'uint',
  'double',
  'bool',
  'google.protobuf.Duration',
  'google.protobuf.Timestamp',
  'string',
  'bytes',
];

/** Functions of lists and sets: those of Kubernetes, `ext/lists` and `ext/sets`. */
export const lists: Implementations = {
  ...each(elements, (type) => `list_${type}_is_sorted_bool`, isSorted),
  ...each(
    elements,
    (type) => `list_${type}_max_${type}`,
    (list: List<Ordered>) => extreme(list, 'max', 1),
  ),
  ...each(
    elements,
    (type) => `list_${type}_min_${type}`,
    (list: List<Ordered>) => extreme(list, 'min', -1),
  ),
  ...each(
    sortable,
    (type) => `list_${type}_sort`,
    (list: List<Ordered>) => sort(list, list),
  ),
  ...each(sortable, (type) => `list_${type}_sortByAssociatedKeys`, sort),
  list_int_sum_int: (list: List<bigint>) => list.reduce((total, item) => int(total + item), 0n),
  list_uint_sum_uint: (list: List<Uint>) => list.reduce((total, { value }) => uint(total.value + value), new Uint(0n)),
  list_double_sum_double: (list: List<number>) => list.reduce((total, item) => total + item, 0),
  list_duration_sum_duration: (list: List<Duration>) =>
    list.reduce((total, { nanoseconds }) => new Duration(total.nanoseconds + nanoseconds), new Duration(0n)),
  list_a_index_of_int: (list: List, item: unknown) => BigInt(list.findIndex((other) => isEqual(other, item))),
  list_a_last_index_of_int: (list: List, item: unknown) => BigInt(list.findLastIndex((other) => isEqual(other, item))),
  list_distinct: (list: List) => list.filter((item, at) => list.findIndex((other) => isEqual(other, item)) === at),
  list_first: (list: List) => (list.length > 0 ? Optional.of(list[0]) : Optional.none),
  list_last: (list: List) => (list.length > 0 ? Optional.of(list.at(-1)) : Optional.none),
  list_flatten: (list: List) => flatten(list, 1n),
  list_flatten_int: flatten,
  list_reverse: (list: List) => list.toReversed(),
  list_slice: slice,
  lists_range: (count: bigint) => range(count),
  list_sets_contains_list: contains,
  list_sets_equivalent_list: (left: List, right: List) => contains(left, right) && contains(right, left),
  list_sets_intersects_list: (left: List, right: List) => right.some((item) => has(left, item)),
};

function each(types: List<string>, id: (type: string) => string, run: Implementation): Record<string, Implementation> {
  return Object.fromEntries(types.map((type) => [id(type), run] as const));
}

function isSorted(list: List<Ordered>): boolean {
  return list.every((item, index) => index === 0 || compareValues(list[index - 1] ?? item, item) <= 0);
}

function extreme(list: List<Ordered>, name: string, sign: number): Ordered {
  const [first] = list;
  if (first === undefined) throw new CelFailure(`${name} called on empty list`);
  return list.reduce((best, item) => (compareValues(item, best) * sign > 0 ? item : best), first);
}

function sort(list: List, keys: List<Ordered>): unknown[] {
  if (list.length !== keys.length) {
    throw new CelFailure(
      `@sortByAssociatedKeys() expected a list of the same size as the associated keys list, but got ${list.length} and ${keys.length} elements respectively`,
    );
  }
  if (keys.some((key) => typeNameOf(key) !== typeNameOf(keys[0]))) {
    throw new CelFailure('list elements must have the same type');
  }
  const order = keys.map((key, index) => ({ key, index })).sort((a, b) => compareValues(a.key, b.key));
  return order.map(({ index }) => list[index]);
}

function flatten(list: List, depth: bigint): unknown[] {
  if (depth < 0n) throw new CelFailure('level must be non-negative');
  return list.flatMap((item) => (Array.isArray(item) && depth > 0n ? flatten(item, depth - 1n) : [item]));
}

function slice(list: List, start: bigint, end: bigint): List {
  const call = `cannot slice(${start}, ${end})`;
  if (start < 0n || end < 0n) throw new CelFailure(`${call}, negative indexes not supported`);
  if (start > end) throw new CelFailure(`${call}, start index must be less than or equal to end index`);
  if (BigInt(list.length) < end) throw new CelFailure(`${call}, list is length ${list.length}`);
  return list.slice(Number(start), Number(end));
}

/** More items than an evaluation can pay for are not made. */
const longestRange = 1_000_000n;

function range(count: bigint): bigint[] {
  if (count > longestRange) throw new CelFailure('operation cancelled: actual cost limit exceeded');
  return Array.from({ length: Math.max(0, Number(count)) }, (_, index) => BigInt(index));
}

function has(list: List, item: unknown): boolean {
  return list.some((other) => isEqual(other, item));
}

function contains(list: List, part: List): boolean {
  return part.every((item) => has(list, item));
}
