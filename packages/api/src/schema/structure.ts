import type { Path } from '../load/located.ts';
import { isUnchanged, type Old, oldItems, oldMember } from './correlate.ts';
import type { FieldError } from './field-error.ts';
import { isJsonMap, type JsonMap, ownValue } from './json.ts';
import { listFaults, mapFaults, numberFaults, stringFaults } from './keywords.ts';
import { isAbsent, memberSchema } from './member.ts';
import type { Schema, SchemaType } from './schema.ts';

/**
 * Faults against the OpenAPI part of a schema: types, required members, enums, patterns, bounds. On update a value that did
 * not change is tolerated, whatever is wrong with it.
 */
export function structuralErrors(schema: Schema, value: unknown, old: Old): FieldError[] {
  const errors: FieldError[] = [];
  visit(schema, value, [], old, errors);
  return errors;
}

function visit(schema: Schema, value: unknown, path: Path, old: Old, errors: FieldError[]): void {
  if (value === null && schema.nullable) return;
  if (isUnchanged(old, value)) return;
  const expected = expectedType(schema, value);
  if (expected) errors.push(typeError(expected, value, path));
  else if (typeof value === 'string') errors.push(...stringFaults(schema, value, path));
  else if (typeof value === 'number') errors.push(...numberFaults(schema, value, path));
  else if (Array.isArray(value)) visitList(schema, value, path, old, errors);
  else if (isJsonMap(value)) visitMap(schema, value, path, old, errors);
}

function visitList(schema: Schema, list: readonly unknown[], path: Path, old: Old, errors: FieldError[]): void {
  errors.push(...listFaults(schema, list, path));
  const { items } = schema;
  if (!items) return;
  const oldOf = oldItems(schema, old);
  list.forEach((item, index) => {
    visit(items, item, [...path, index], oldOf(item), errors);
  });
}

function visitMap(schema: Schema, map: JsonMap, path: Path, old: Old, errors: FieldError[]): void {
  errors.push(...mapFaults(schema, map, path));
  for (const key of Object.keys(map)) {
    const member = memberSchema(schema, key);
    const value = ownValue(map, key);
    if (member && !isAbsent(member, value)) visit(member, value, [...path, key], oldMember(old, key), errors);
  }
}

/** The type that was expected, or undefined when the value has it. */
function expectedType(schema: Schema, value: unknown): string | undefined {
  if (schema.intOrString) return isType('integer', value) || isType('string', value) ? undefined : 'integer,string';
  return schema.type === undefined || isType(schema.type, value) ? undefined : schema.type;
}

/** Whether a JSON value has a schema type; whole numbers are integers, however they were written. */
function isType(type: SchemaType, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isJsonMap(value);
  if (type === 'integer') return typeof value === 'number' && Number.isInteger(value);
  return typeof value === type;
}

function typeError(expected: string, value: unknown, path: Path): FieldError {
  const got = typeName(value);
  return { path, type: 'TypeInvalid', keyword: 'type', detail: `must be of type ${expected}: "${got}"`, badValue: got };
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return isType('integer', value) ? 'integer' : typeof value;
}
