import type { Schema } from '../schema/schema.ts';

/** Shorthands for the schemas of fields; the description comes first since every field has one. */

type Keywords = Omit<Schema, 'type' | 'description' | 'properties' | 'items' | 'additionalProperties'>;

export function text(description: string, keywords: Keywords = {}): Schema {
  return { type: 'string', description, ...keywords };
}

export function oneOf(values: readonly string[], description: string, keywords: Keywords = {}): Schema {
  return { type: 'string', description, enum: values, ...keywords };
}

export function flag(description: string, keywords: Keywords = {}): Schema {
  return { type: 'boolean', description, ...keywords };
}

export function whole(format: 'int32' | 'int64', description: string, keywords: Keywords = {}): Schema {
  return { type: 'integer', format, description, ...keywords };
}

export function intOrText(description: string, keywords: Keywords = {}): Schema {
  return { intOrString: true, description, ...keywords };
}

export function listOf(items: Schema, description: string, keywords: Keywords = {}): Schema {
  return { type: 'array', description, items, listType: 'atomic', ...keywords };
}

export function mapOf(values: Schema, description: string, keywords: Keywords = {}): Schema {
  return { type: 'object', description, additionalProperties: values, ...keywords };
}

export function object(
  properties: Readonly<Record<string, Schema>>,
  description: string,
  keywords: Keywords = {},
): Schema {
  return { type: 'object', description, properties, ...keywords };
}

/** A mapping whose fields are not declared here: it is kept as it is. */
export function anything(description: string, keywords: Keywords = {}): Schema {
  return { type: 'object', description, preserveUnknownFields: true, ...keywords };
}
