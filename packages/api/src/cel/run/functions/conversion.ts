import { parseDuration } from '../../library/duration.ts';
import { formatDouble, formatDuration, formatTimestamp } from '../format-value.ts';
import { sizeOfValue } from '../size.ts';
import { parseTimestamp } from '../timestamp.ts';
import { typeNameOf } from '../type-name.ts';
import { CelFailure, Duration, Uint } from '../values.ts';
import { int, uint } from './arithmetic.ts';
import type { Implementations } from './implementation.ts';

const same = (value: unknown): unknown => value;
const size = (value: unknown): bigint => BigInt(sizeOfValue(value));

/** Conversions between types, and `size`. */
export const conversion: Implementations = {
  to_dyn: same,
  bool_to_bool: same,
  string_to_bool: toBool,
  bytes_to_bytes: same,
  string_to_bytes: (text: string) => new TextEncoder().encode(text),
  double_to_double: same,
  int64_to_double: Number,
  uint64_to_double: ({ value }: Uint) => Number(value),
  string_to_double: toDouble,
  int64_to_int64: same,
  double_to_int64: (value: number) => int(whole(value, 2 ** 63, 'integer overflow')),
  duration_to_int64: ({ nanoseconds }: Duration) => nanoseconds,
  string_to_int64: toInt,
  timestamp_to_int64: (time: Date) => BigInt(Math.floor(time.getTime() / 1000)),
  uint64_to_int64: ({ value }: Uint) => int(value),
  uint64_to_uint64: same,
  double_to_uint64: (value: number) => uint(whole(value, 2 ** 64, 'unsigned integer overflow')),
  int64_to_uint64: uint,
  string_to_uint64: toUint,
  duration_to_duration: same,
  int64_to_duration: (nanoseconds: bigint) => new Duration(nanoseconds),
  string_to_duration: toDuration,
  timestamp_to_timestamp: same,
  int64_to_timestamp: (seconds: bigint) => new Date(Number(seconds) * 1000),
  string_to_timestamp: toTimestamp,
  string_to_string: same,
  bool_to_string: String,
  bytes_to_string: toText,
  double_to_string: formatDouble,
  int64_to_string: String,
  uint64_to_string: ({ value }: Uint) => String(value),
  duration_to_string: formatDuration,
  timestamp_to_string: formatTimestamp,
  size_bytes: size,
  bytes_size: size,
  size_list: size,
  list_size: size,
  size_map: size,
  map_size: size,
  size_string: size,
  string_size: size,
};

function cannot(value: unknown, type: string): CelFailure {
  return new CelFailure(`type conversion error from '${typeNameOf(value)}' to '${type}'`);
}

function toBool(text: string): boolean {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  throw cannot(text, 'bool');
}

function toDouble(text: string): number {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  const named = /^([+-]?)(?:inf|infinity|nan)$/i.exec(text);
  if (!named) throw cannot(text, 'double');
  if (/nan$/i.test(text)) return Number.NaN;
  return named[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function whole(value: number, bound: number, message: string): bigint {
  const least = bound === 2 ** 63 ? -bound : -1;
  if (Number.isNaN(value) || value <= least || value >= bound) throw new CelFailure(message);
  return BigInt(Math.trunc(value));
}

function toInt(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text) || BigInt.asIntN(64, BigInt(text)) !== BigInt(text)) throw cannot(text, 'int');
  return BigInt(text);
}

function toUint(text: string): Uint {
  if (!/^\d+$/.test(text) || BigInt.asUintN(64, BigInt(text)) !== BigInt(text)) throw cannot(text, 'uint');
  return new Uint(BigInt(text));
}

function toDuration(text: string): Duration {
  const duration = parseDuration(text);
  if (!duration) throw cannot(text, 'google.protobuf.Duration');
  return duration;
}

function toTimestamp(text: string): Date {
  const time = parseTimestamp(text);
  if (!time) throw cannot(text, 'google.protobuf.Timestamp');
  return time;
}

function toText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CelFailure('invalid UTF-8 in bytes, cannot convert to string');
  }
}
