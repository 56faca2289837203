import { apiVersionOf, type KindDefinition } from '../kinds/kind.ts';
import { mapValues } from './openapi.ts';
import type { Schema } from './schema.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * A JSON Schema (draft 2020-12) of a kind, for editors: unknown fields are refused where the API server would drop them,
 * repeated items where a list is a set. Rules in CEL have no counterpart there.
 */
export function toJsonSchema(definition: KindDefinition): Json {
  const { kind, schema } = definition;
  const fixed = { apiVersion: { const: apiVersionOf(definition) }, kind: { const: kind } };
  const converted = convert(schema);
  const properties = { ...(converted['properties'] as Json | undefined), ...fixed };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: kind,
    ...converted,
    properties,
    required: ['apiVersion', 'kind', ...(schema.required ?? [])],
  };
}

function convert(schema: Schema): Json {
  const type = schema.intOrString ? ['integer', 'string'] : schema.type;
  return {
    ...(schema.description !== undefined && { description: schema.description }),
    ...(type !== undefined && { type: schema.nullable ? [type, 'null'].flat() : type }),
    ...(schema.enum && { enum: schema.nullable ? [...schema.enum, null] : schema.enum }),
    ...bounds(schema),
    ...(schema.default !== undefined && { default: schema.default }),
    ...children(schema),
  };
}

const boundKeywords = [
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

function bounds(schema: Schema): Json {
  const kept = boundKeywords.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]] as const);
  return { ...Object.fromEntries(kept), ...(schema.listType === 'set' && { uniqueItems: true }) };
}

function children(schema: Schema): Json {
  return {
    ...(schema.properties && { properties: mapValues(schema.properties, convert) }),
    ...(schema.required && { required: schema.required }),
    ...(schema.items && { items: convert(schema.items) }),
    ...(schema.type === 'object' && { additionalProperties: furtherMembers(schema) }),
  };
}

function furtherMembers(schema: Schema): unknown {
  if (schema.additionalProperties) return convert(schema.additionalProperties);
  return schema.preserveUnknownFields === true;
}
