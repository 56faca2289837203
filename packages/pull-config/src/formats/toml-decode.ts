import type { Path } from '@pullpath/api';
import type { ConfFault } from './registries-conf-fault.ts';

/** A table of parsed TOML together with its path; wrong types found in it are pushed to `faults`. */
export interface TomlTable {
  readonly table: Readonly<Record<string, unknown>>;
  readonly path: Path;
  readonly faults: ConfFault[];
}

/** A value together with its path. */
export interface Placed<T> {
  readonly value: T;
  readonly path: Path;
}

/** The string `name`, or empty. */
export function stringOf(from: TomlTable, name: string): string {
  const found = fieldOf(from, name);
  return found === undefined ? '' : asString(from, found);
}

/** The boolean `name`, or false. */
export function booleanOf(from: TomlTable, name: string): boolean {
  const found = fieldOf(from, name);
  if (found === undefined || typeof found.value === 'boolean') return found?.value === true;
  wrongType(from, found.path, 'true or false');
  return false;
}

/** The strings of the array `name`; undefined where it is absent, which differs from an empty one. */
export function stringsOf(from: TomlTable, name: string): readonly string[] | undefined {
  return arrayOf(from, name)?.map((item) => asString(from, item));
}

/** The tables of the array `name`; undefined where it is absent. */
export function tablesOf(from: TomlTable, name: string): readonly TomlTable[] | undefined {
  return arrayOf(from, name)?.map((item) => asTable(from, item));
}

/** The table `name`; undefined where it is absent. */
export function tableOf(from: TomlTable, name: string): TomlTable | undefined {
  const found = fieldOf(from, name);
  return found && asTable(from, found);
}

/** Every string of a table, by key, in the order of the text. */
export function allStringsOf(from: TomlTable): ReadonlyMap<string, string> {
  const keys = Object.keys(from.table);
  return new Map(keys.map((key) => [key, asString(from, { value: from.table[key], path: [...from.path, key] })]));
}

/** A field by its name, or by its name in another case where that is missing, as BurntSushi/toml looks fields up. */
function fieldOf({ table, path }: TomlTable, name: string): Placed<unknown> | undefined {
  const key = Object.hasOwn(table, name) ? name : Object.keys(table).find((other) => isSameFolded(other, name));
  return key === undefined ? undefined : { value: table[key], path: [...path, key] };
}

// Equal length keeps out letters whose upper case is two.
function isSameFolded(key: string, name: string): boolean {
  return key.length === name.length && key.toLowerCase().toUpperCase() === name.toUpperCase();
}

function arrayOf(from: TomlTable, name: string): readonly Placed<unknown>[] | undefined {
  const found = fieldOf(from, name);
  if (found === undefined) return undefined;
  if (Array.isArray(found.value)) return found.value.map((value, index) => ({ value, path: [...found.path, index] }));
  wrongType(from, found.path, 'an array');
  return [];
}

function asString(from: TomlTable, { value, path }: Placed<unknown>): string {
  if (typeof value === 'string') return value;
  wrongType(from, path, 'a string');
  return '';
}

function asTable({ faults }: TomlTable, { value, path }: Placed<unknown>): TomlTable {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date))
    return { table: value as Record<string, unknown>, path, faults };
  wrongType({ faults }, path, 'a table');
  return { table: {}, path, faults };
}

function wrongType({ faults }: Pick<TomlTable, 'faults'>, path: Path, expected: string): void {
  faults.push({ code: 'conf-field-type', message: `${nameOf(path)} has the wrong type`, path, expected });
}

function nameOf(path: Path): string {
  const name = path.findLast((step) => typeof step === 'string');
  return typeof path.at(-1) === 'number' ? `an item of ${name}` : String(name);
}
