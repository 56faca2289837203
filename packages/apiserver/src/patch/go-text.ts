import { compareBytes } from './compare-bytes.ts';
import { isJsonObject } from './json-value.ts';

/** A JSON value as Go's `%v` prints it, which the real server's messages show: `map[a:1 b:[x y]]`. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (!isJsonObject(value)) return `${value as string | number | boolean}`;
  const names = Object.keys(value).sort(compareBytes);
  return `map[${names.map((name) => `${name}:${goText(value[name])}`).join(' ')}]`;
}

/** The Go type that a JSON value is decoded to. */
export function goType(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (isJsonObject(value)) return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (typeof value === 'boolean') return 'bool';
  return value === null || value === undefined ? '%!s(<nil>)' : 'string';
}

/** What encoding/json calls a JSON value that does not fit. */
export function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
