import { isJsonMap, type JsonMap, jsonMapOf, ownValue } from './json.ts';
import { memberSchema } from './member.ts';
import type { Schema } from './schema.ts';

/**
 * A copy with the defaults of the schema filled in, and without the nulls that the schema does not allow: a null takes the default, or
 * vanishes where there is none (apiextensions-apiserver `schema/defaulting`). Nulls in lists stay.
 */
export function applyDefaults(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) return schema.items ? value.map((item) => applyToItem(schema.items, item)) : value;
  return isJsonMap(value) ? applyToMap(schema, value) : value;
}

function applyToItem(schema: Schema | undefined, item: unknown): unknown {
  if (!schema) return item;
  return applyDefaults(
    schema,
    item === null && !schema.nullable && schema.default !== undefined ? schema.default : item,
  );
}

function applyToMap(schema: Schema, map: JsonMap): JsonMap {
  const entries: [string, unknown][] = [];
  for (const key of new Set([...Object.keys(map), ...keysWithDefault(schema)])) {
    const value = applyToMember(memberSchema(schema, key), ownValue(map, key));
    if (value !== undefined) entries.push([key, value]);
  }
  return jsonMapOf(entries);
}

function keysWithDefault({ properties = {} }: Schema): string[] {
  return Object.keys(properties).filter((key) => properties[key]?.default !== undefined);
}

function applyToMember(schema: Schema | undefined, value: unknown): unknown {
  if (!schema) return value;
  const missing = value === undefined || (value === null && !schema.nullable);
  const filled = missing ? schema.default : value;
  return filled === undefined ? undefined : applyDefaults(schema, filled);
}
