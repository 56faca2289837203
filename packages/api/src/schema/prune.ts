import type { Path } from '../load/located.ts';
import { isJsonMap, type JsonMap, jsonMapOf, ownValue } from './json.ts';
import { memberSchema } from './member.ts';
import type { Schema } from './schema.ts';

/** A copy without the fields that the schema does not declare, as the API server stores an object. */
export function prune(schema: Schema, value: unknown): unknown {
  const { items } = schema;
  if (Array.isArray(value)) return items ? value.map((item) => prune(items, item)) : value;
  return isJsonMap(value) ? pruneMap(schema, value) : value;
}

function pruneMap(schema: Schema, map: JsonMap): JsonMap {
  const kept = Object.keys(map).filter((key) => isDeclared(schema, key));
  return jsonMapOf(
    kept.map((key) => {
      const member = memberSchema(schema, key);
      const value = ownValue(map, key);
      return [key, member ? prune(member, value) : value] as const;
    }),
  );
}

/** Where the fields stand that `prune` would drop. Field names compare without regard to case where `ignoreCase` is set. */
export function unknownFields(schema: Schema, value: unknown, options: { ignoreCase?: boolean } = {}): Path[] {
  const found: Path[] = [];
  collect(schema, value, [], options.ignoreCase ?? false, found);
  return found;
}

function collect(schema: Schema, value: unknown, path: Path, ignoreCase: boolean, found: Path[]): void {
  const { items } = schema;
  if (Array.isArray(value)) {
    if (items) for (const [index, item] of value.entries()) collect(items, item, [...path, index], ignoreCase, found);
  } else if (isJsonMap(value)) {
    for (const key of Object.keys(value)) {
      const name = ignoreCase ? declaredName(schema, key) : key;
      const member = memberSchema(schema, name);
      if (member) collect(member, ownValue(value, key), [...path, key], ignoreCase, found);
      else if (!isDeclared(schema, name)) found.push([...path, key]);
    }
  }
}

function isDeclared(schema: Schema, key: string): boolean {
  return memberSchema(schema, key) !== undefined || isOpen(schema);
}

/** True for a schema that keeps whatever is in it; one without a type says nothing about its value at all. */
function isOpen(schema: Schema): boolean {
  return schema.preserveUnknownFields === true || (schema.type === undefined && !schema.properties);
}

function declaredName({ properties = {} }: Schema, key: string): string {
  if (Object.hasOwn(properties, key)) return key;
  const lower = key.toLowerCase();
  return Object.keys(properties).find((name) => name.toLowerCase() === lower) ?? key;
}
