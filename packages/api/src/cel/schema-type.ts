import type { Schema } from '../schema/schema.ts';
import { escapePropertyName } from './property-name.ts';
import { listType, mapType, simpleTypes, structType, type Type } from './types/type.ts';

/**
 * The type of values of a schema with what bounds their size (Kubernetes `common.SchemaDeclType`). Sizes are those of JSON
 * in bytes.
 */
export interface SchemaType {
  readonly type: Type;
  readonly fields: ReadonlyMap<string, SchemaType>;
  /** Of lists and maps. */
  readonly element: SchemaType | undefined;
  /** Most characters, items or entries; 0 for what has no size. */
  readonly maxElements: number;
  readonly minSize: number;
}

/** The largest request that a server takes, in bytes. */
export const maxRequestBytes: number = 3 * 1024 * 1024;

/** The type of a schema, or undefined where expressions cannot see it. Struct types are named after the given name. */
export function schemaType(schema: Schema, isResource: boolean, name: string): SchemaType | undefined {
  if (schema.intOrString)
    return sized(simpleTypes.dyn, 1, (schema.maxLength ?? -1) >= 0 ? longest(schema) : maxRequestBytes - 2);
  const seen = isResource ? withObjectMeta(schema) : schema;
  if (seen.type === 'array') return listSchemaType(seen, name);
  if (seen.type === 'object')
    return seen.additionalProperties ? mapSchemaType(seen, name) : objectSchemaType(seen, name);
  if (seen.type === 'string') return stringSchemaType(seen);
  if (seen.type === 'boolean') return sized(simpleTypes.bool, 4, 0);
  if (seen.type === 'number') return sized(simpleTypes.double, 1, 0);
  return seen.type === 'integer' ? sized(simpleTypes.int, 1, 0) : undefined;
}

function sized(type: Type, minSize: number, maxElements: number, element?: SchemaType): SchemaType {
  return { type, minSize, maxElements, element, fields: new Map() };
}

const text: Schema = { type: 'string' };

const resources = new WeakMap<Schema, Schema>();

/** What expressions see of a resource: its names, whatever its schema says about metadata. */
export function withObjectMeta(schema: Schema): Schema {
  const seen = resources.get(schema) ?? addObjectMeta(schema);
  resources.set(schema, seen);
  return seen;
}

function addObjectMeta(schema: Schema): Schema {
  const metadata: Schema = { type: 'object', properties: { name: text, generateName: text } };
  return { ...schema, type: 'object', properties: { ...schema.properties, kind: text, apiVersion: text, metadata } };
}

function listSchemaType({ items, maxItems }: Schema, name: string): SchemaType | undefined {
  const element = items && schemaType(items, items.embeddedResource ?? false, `${name}.@idx`);
  if (!element) return undefined;
  const most = maxItems ?? Math.floor((maxRequestBytes - 2) / (element.minSize + 1));
  return sized(listType(element.type), 2, Math.max(0, most), element);
}

function mapSchemaType({ additionalProperties, maxProperties }: Schema, name: string): SchemaType | undefined {
  const element =
    additionalProperties &&
    schemaType(additionalProperties, additionalProperties.embeddedResource ?? false, `${name}.@elem`);
  if (!element) return undefined;
  const most = maxProperties ?? Math.floor((maxRequestBytes - 2) / (element.minSize + 6));
  return sized(mapType(simpleTypes.string, element.type), 2, Math.max(0, most), element);
}

function objectSchemaType({ properties = {}, required = [] }: Schema, name: string): SchemaType {
  const fields = new Map<string, SchemaType>();
  let minSize = 2;
  for (const [key, property] of Object.entries(properties)) {
    const escaped = isEscapable(key) ? escapePropertyName(key) : undefined;
    const field = schemaType(property, property.embeddedResource ?? false, `${name}.${escaped ?? key}`);
    if (!field) continue;
    if (escaped !== undefined) fields.set(escaped, field);
    if (required.includes(key) && property.default === undefined) minSize += byteLength(key) + field.minSize + 4;
  }
  return { type: structType(name), fields, element: undefined, maxElements: 0, minSize };
}

function byteLength(value: string): number {
  return new TextEncoder().encode(value).length;
}

/** Whether an expression can name a property at all. */
export function isEscapable(key: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_.\-/]*$/.test(key) || /^[.\-/][A-Za-z0-9_.\-/]*$/.test(key);
}

function stringSchemaType(schema: Schema): SchemaType {
  const { format, maxLength } = schema;
  const unbounded = maxRequestBytes - 2;
  if (format === 'byte')
    return sized(simpleTypes.bytes, 2, maxLength === undefined ? unbounded : Math.max(0, maxLength));
  if (format === 'duration') return sized(simpleTypes.duration, 3, 32);
  if (format === 'date') return sized(simpleTypes.timestamp, 12, 12);
  if (format === 'date-time') return sized(simpleTypes.timestamp, 21, 32);
  if (maxLength !== undefined) return sized(simpleTypes.string, 2, longest(schema));
  return sized(simpleTypes.string, 2, schema.enum?.length ? longestOf(schema.enum) : unbounded);
}

/** A character has up to four bytes. */
function longest({ maxLength = 0 }: Schema): number {
  return Math.max(0, maxLength) * 4;
}

function longestOf(values: readonly unknown[]): number {
  return Math.max(0, ...values.map((value) => (typeof value === 'string' ? byteLength(value) : 0)));
}
