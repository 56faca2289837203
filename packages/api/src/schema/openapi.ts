import type { CelRule, Schema } from './schema.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The schema as a CustomResourceDefinition spells it (`JSONSchemaProps` of apiextensions.k8s.io/v1). Keywords come in
 * alphabetical order, as controller-gen writes them.
 */
export function toOpenApiV3(schema: Schema): Json {
  return sortedKeys({
    ...plainKeywords(schema),
    ...(schema.description !== undefined && { description: schema.description }),
    ...(hasMembers(schema.properties) && { properties: mapValues(schema.properties, toOpenApiV3) }),
    ...(schema.items && { items: toOpenApiV3(schema.items) }),
    ...(schema.additionalProperties && { additionalProperties: toOpenApiV3(schema.additionalProperties) }),
    ...(schema.required && { required: [...schema.required].sort() }),
    ...(schema.intOrString && { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true }),
    ...extensions(schema),
  });
}

function hasMembers<T>(map: Readonly<Record<string, T>> | undefined): map is Readonly<Record<string, T>> {
  return map !== undefined && Object.keys(map).length > 0;
}

const plain = [
  'type',
  'enum',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'nullable',
  'default',
] as const;

/** The keywords that OpenAPI spells the same. */
function plainKeywords(schema: Schema): Json {
  return Object.fromEntries(plain.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]] as const));
}

function extensions(schema: Schema): Json {
  return {
    ...(schema.preserveUnknownFields && { 'x-kubernetes-preserve-unknown-fields': true }),
    ...(schema.embeddedResource && { 'x-kubernetes-embedded-resource': true }),
    ...(schema.listType && { 'x-kubernetes-list-type': schema.listType }),
    ...(schema.listMapKeys && { 'x-kubernetes-list-map-keys': schema.listMapKeys }),
    ...(schema.mapType && { 'x-kubernetes-map-type': schema.mapType }),
    ...(schema.validations?.length && { 'x-kubernetes-validations': schema.validations.map(ruleOf) }),
  };
}

function ruleOf(rule: CelRule): Json {
  return sortedKeys({ ...rule });
}

/** A copy of a mapping with other values. */
export function mapValues<T, U>(map: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)] as const));
}

function sortedKeys(map: Json): Json {
  return Object.fromEntries(
    Object.keys(map)
      .sort()
      .map((key) => [key, map[key]] as const),
  );
}
