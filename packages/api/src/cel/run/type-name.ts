import { Mismatch } from '../mismatch.ts';
import { Duration, isLibraryValue, Optional, TypeValue, Uint } from './values.ts';

/** The name of the CEL type of a value. */
export function typeNameOf(value: unknown): string {
  if (value === null) return 'null_type';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'string' : objectTypeName(value);
}

function objectTypeName(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (value instanceof Map) return 'map';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Uint) return 'uint';
  if (value instanceof Optional) return 'optional_type';
  if (value instanceof TypeValue) return 'type';
  if (value instanceof Date) return 'google.protobuf.Timestamp';
  if (value instanceof Duration) return 'google.protobuf.Duration';
  if (isLibraryValue(value)) return value.celType;
  return value instanceof Mismatch ? 'error' : 'unknown';
}
