import type { TomlTable } from '../../formats/toml-decode.ts';

/** The paths of `ca`: a string or a list of strings. */
export function certificatesOf(table: TomlTable): readonly string[] {
  const value = fieldValue(table, 'ca');
  if (value === undefined) return [];
  const list = typeof value === 'string' ? [value] : value;
  if (isStrings(list)) return list;
  refuse(table, 'ca', 'a path or a list of paths');
  return [];
}

/** The paths of `client`: a file, a list of files, or a list of pairs of certificate and key. */
export function clientsOf(table: TomlTable): readonly string[] {
  const value = fieldValue(table, 'client');
  if (value === undefined) return [];
  const list = typeof value === 'string' ? [value] : value;
  if (Array.isArray(list) && list.every(isClient)) return list.flat();
  refuse(table, 'client', 'a path, a list of paths, or a list of pairs of certificate and key');
  return [];
}

/** Reports headers that are neither a string nor a list of strings. */
export function checkHeaders(table: TomlTable): void {
  const value = fieldValue(table, 'header');
  if (value === undefined) return;
  if (isTable(value) && Object.values(value).every((header) => typeof header === 'string' || isStrings(header))) return;
  refuse(table, 'header', 'a table of strings or lists of strings');
}

// go-toml finds a field by its name in any case.
function fieldValue({ table }: TomlTable, name: string): unknown {
  const key = Object.hasOwn(table, name) ? name : Object.keys(table).find((other) => other.toLowerCase() === name);
  return key === undefined ? undefined : table[key];
}

function isClient(value: unknown): value is string | string[] {
  return typeof value === 'string' || (isStrings(value) && value.length === 2);
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function refuse({ path, faults }: TomlTable, key: string, expected: string): void {
  faults.push({ code: 'hosts-toml-syntax', message: `${key} has the wrong type`, path: [...path, key], expected });
}
