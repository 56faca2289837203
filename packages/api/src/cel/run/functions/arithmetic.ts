import { CelFailure, Duration, Uint } from '../values.ts';
import type { Implementations } from './implementation.ts';

/** `+`, `-`, `*`, `/`, `%` and `!`. Whole numbers have 64 bits and do not wrap. */
export const arithmetic: Implementations = {
  logical_not: (value: boolean) => !value,
  negate_double: (value: number) => -value,
  negate_int64: (value: bigint) => int(-value),
  add_int64: (a: bigint, b: bigint) => int(a + b),
  subtract_int64: (a: bigint, b: bigint) => int(a - b),
  multiply_int64: (a: bigint, b: bigint) => int(a * b),
  divide_int64: (a: bigint, b: bigint) => int(a / nonZero(b, 'division by zero')),
  modulo_int64: (a: bigint, b: bigint) => int(a % nonZero(b, 'modulus by zero')),
  add_uint64: (a: Uint, b: Uint) => uint(a.value + b.value),
  subtract_uint64: (a: Uint, b: Uint) => uint(a.value - b.value),
  multiply_uint64: (a: Uint, b: Uint) => uint(a.value * b.value),
  divide_uint64: (a: Uint, b: Uint) => uint(a.value / nonZero(b.value, 'division by zero')),
  modulo_uint64: (a: Uint, b: Uint) => uint(a.value % nonZero(b.value, 'modulus by zero')),
  add_double: (a: number, b: number) => a + b,
  subtract_double: (a: number, b: number) => a - b,
  multiply_double: (a: number, b: number) => a * b,
  divide_double: (a: number, b: number) => a / b,
  add_string: (a: string, b: string) => a + b,
  add_bytes: (a: Uint8Array, b: Uint8Array) => Uint8Array.of(...a, ...b),
  add_list: (a: readonly unknown[], b: readonly unknown[]) => [...a, ...b],
  add_duration_duration: (a: Duration, b: Duration) => duration(a.nanoseconds + b.nanoseconds),
  subtract_duration_duration: (a: Duration, b: Duration) => duration(a.nanoseconds - b.nanoseconds),
  add_timestamp_duration: later,
  add_duration_timestamp: (a: Duration, b: Date) => later(b, a),
  subtract_timestamp_duration: (a: Date, b: Duration) => later(a, new Duration(-b.nanoseconds)),
  subtract_timestamp_timestamp: (a: Date, b: Date) => duration(BigInt(a.getTime() - b.getTime()) * 1_000_000n),
};

/** A whole number of 64 bits. Throws where it has more. */
export function int(value: bigint): bigint {
  if (BigInt.asIntN(64, value) !== value) throw new CelFailure('integer overflow');
  return value;
}

export function uint(value: bigint): Uint {
  if (BigInt.asUintN(64, value) !== value) throw new CelFailure('unsigned integer overflow');
  return new Uint(value);
}

function nonZero(value: bigint, message: string): bigint {
  if (value === 0n) throw new CelFailure(message);
  return value;
}

function duration(nanoseconds: bigint): Duration {
  if (BigInt.asIntN(64, nanoseconds) !== nanoseconds) throw new CelFailure('duration overflow');
  return new Duration(nanoseconds);
}

function later(time: Date, { nanoseconds }: Duration): Date {
  const moved = new Date(time.getTime() + Number(nanoseconds / 1_000_000n));
  const year = moved.getUTCFullYear();
  if (Number.isNaN(year) || year < 1 || year > 9999) throw new CelFailure('timestamp overflow');
  return moved;
}
