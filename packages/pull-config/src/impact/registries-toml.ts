import { parse } from 'smol-toml';

/** One `[[registry.mirror]]` table as its text has it. */
export interface RawMirror {
  readonly location: string;
  readonly insecure: boolean;
  readonly pullFromMirror: string;
}

/** One `[[registry]]` table as its text has it: nothing is filled in, nothing is checked. */
export interface RawRegistry extends RawMirror {
  readonly prefix: string;
  readonly blocked: boolean;
  readonly mirrorByDigestOnly: boolean;
  readonly mirrors: readonly RawMirror[];
}

export interface RawRegistries {
  readonly search: readonly string[];
  readonly registries: readonly RawRegistry[];
}

/** The scope that a table stands for: its prefix, or its location where that is empty. */
export function scopeOf(registry: { readonly prefix: string; readonly location: string }): string {
  return registry.prefix === '' ? registry.location : registry.prefix;
}

/**
 * Reads registries.conf the way the machine config daemon does before a change: plain decoding of the version 2 fields,
 * without the checks and defaults of containers/image. A value of the wrong type or text that is no TOML gives `error`.
 */
export function readRawRegistries(toml: string): RawRegistries | { readonly error: string } {
  try {
    const document = parse(toml);
    return {
      search: listOf(document['unqualified-search-registries'], 'unqualified-search-registries', asString),
      registries: listOf(document['registry'], 'registry', asRegistry),
    };
  } catch (error) {
    return { error: firstLine(error) };
  }
}

function asRegistry(value: unknown, name: string): RawRegistry {
  const table = asTable(value, name);
  return {
    ...asMirror(value, name),
    prefix: text(table, 'prefix'),
    blocked: flag(table, 'blocked'),
    mirrorByDigestOnly: flag(table, 'mirror-by-digest-only'),
    mirrors: listOf(table['mirror'], 'registry.mirror', asMirror),
  };
}

function asMirror(value: unknown, name: string): RawMirror {
  const table = asTable(value, name);
  return {
    location: text(table, 'location'),
    insecure: flag(table, 'insecure'),
    pullFromMirror: text(table, 'pull-from-mirror'),
  };
}

function text(table: Record<string, unknown>, key: string): string {
  return Object.hasOwn(table, key) ? asString(table[key], key) : '';
}

function flag(table: Record<string, unknown>, key: string): boolean {
  if (!Object.hasOwn(table, key)) return false;
  if (typeof table[key] !== 'boolean') throw new TypeError(`${key} is not a boolean`);
  return table[key];
}

function listOf<T>(value: unknown, name: string, item: (value: unknown, name: string) => T): readonly T[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new TypeError(`${name} is not a list`);
  return value.map((entry: unknown) => item(entry, name));
}

function asString(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new TypeError(`${name} is not a string`);
  return value;
}

function asTable(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${name} is not a table`);
  return value as Record<string, unknown>;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
