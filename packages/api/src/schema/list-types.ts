import type { Path } from '../load/located.ts';
import { mapKeyOf, type Old } from './correlate.ts';
import type { FieldError } from './field-error.ts';
import { canonicalJson, isJsonMap, jsonMapOf, ownValue } from './json.ts';
import { memberSchema } from './member.ts';
import type { Schema } from './schema.ts';

/**
 * Repeated items of `set` and `map` lists. Each repeated value is reported once, where it first repeats. On update all are
 * tolerated when the old object had such faults, as apiextensions-apiserver does.
 */
export function listTypeErrors(schema: Schema, value: unknown, old: Old): FieldError[] {
  const errors: FieldError[] = [];
  visit(schema, value, [], errors);
  if (errors.length === 0 || old === undefined) return errors;
  const before: FieldError[] = [];
  visit(schema, old.value, [], before);
  return before.length > 0 ? [] : errors;
}

function visit(schema: Schema, value: unknown, path: Path, errors: FieldError[]): void {
  if (Array.isArray(value)) visitList(schema, value, path, errors);
  else if (isJsonMap(value)) {
    for (const key of Object.keys(value)) {
      const member = memberSchema(schema, key);
      if (member) visit(member, ownValue(value, key), [...path, key], errors);
    }
  }
}

function visitList(schema: Schema, list: readonly unknown[], path: Path, errors: FieldError[]): void {
  if (schema.listType === 'set' || schema.listType === 'map') addRepeatedItems(schema, list, path, errors);
  const { items } = schema;
  if (!items || isLeaf(items)) return;
  list.forEach((item, index) => {
    visit(items, item, [...path, index], errors);
  });
}

function isLeaf(schema: Schema): boolean {
  return !schema.properties && !schema.items && !schema.additionalProperties;
}

function addRepeatedItems(schema: Schema, list: readonly unknown[], path: Path, errors: FieldError[]): void {
  const seen = new Map<string, number>();
  list.forEach((item, index) => {
    const key = schema.listType === 'map' && isJsonMap(item) ? mapKeyOf(schema, item) : canonicalJson(item);
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    if (times === 1) errors.push(duplicate(schema, item, [...path, index]));
  });
}

function duplicate(schema: Schema, item: unknown, path: Path): FieldError {
  const badValue = schema.listType === 'map' && isJsonMap(item) ? keysOf(schema, item) : item;
  const text = schema.texts?.duplicate;
  const detail = text === undefined ? '' : text.replace('%s', () => JSON.stringify(shownItem(schema, item)));
  return { path, type: 'Duplicate', keyword: 'duplicate', detail, badValue };
}

function keysOf(schema: Schema, item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return jsonMapOf((schema.listMapKeys ?? []).map((key) => [key, ownValue(item, key)] as const));
}

/** What a text shows for `%s`: the item, or the key where a list map has one key. */
function shownItem(schema: Schema, item: unknown): unknown {
  const [key, ...others] = schema.listMapKeys ?? [];
  return key !== undefined && others.length === 0 && isJsonMap(item) ? ownValue(item, key) : item;
}
