import type { CelRule, Schema } from '@pullpath/api';

/** `JSONSchemaProps` of apiextensions.k8s.io/v1, read defensively: whatever has the wrong type counts as absent. */
export type SchemaProps = Readonly<Record<string, unknown>>;

/** The structural schema that a CustomResourceDefinition's `openAPIV3Schema` spells, without its logical junctors. */
export function schemaOf(props: SchemaProps): Schema {
  const items = mapIn(props, 'items');
  const properties = mapIn(props, 'properties');
  const additional = additionalOf(props['additionalProperties']);
  return {
    ...copied(props),
    ...(properties && { properties: propertiesOf(properties) }),
    ...(items && { items: schemaOf(items) }),
    ...(additional && { additionalProperties: additional }),
    ...extensions(props),
  };
}

/** Names come from the author; a null prototype keeps `__proto__` a name like any other. */
function propertiesOf(properties: SchemaProps): Record<string, Schema> {
  const schemas: Record<string, Schema> = Object.create(null);
  for (const [name, value] of Object.entries(properties)) schemas[name] = isMap(value) ? schemaOf(value) : {};
  return schemas;
}

function additionalOf(value: unknown): Schema | undefined {
  if (value === true) return { preserveUnknownFields: true };
  return isMap(value) ? schemaOf(value) : undefined;
}

const sameSpelling = [
  'type',
  'description',
  'enum',
  'required',
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
] as const satisfies readonly (keyof Schema)[];

function copied(props: SchemaProps): Partial<Schema> {
  return Object.fromEntries(
    sameSpelling.filter((key) => props[key] !== undefined && props[key] !== null).map((key) => [key, props[key]]),
  );
}

function extensions(props: SchemaProps): Partial<Schema> {
  const listKeys = props['x-kubernetes-list-map-keys'];
  const rules = props['x-kubernetes-validations'];
  return {
    ...(props['x-kubernetes-int-or-string'] === true && { intOrString: true }),
    ...(props['x-kubernetes-preserve-unknown-fields'] === true && { preserveUnknownFields: true }),
    ...(props['x-kubernetes-embedded-resource'] === true && { embeddedResource: true }),
    ...listTypeOf(props['x-kubernetes-list-type']),
    ...(Array.isArray(listKeys) && { listMapKeys: listKeys as string[] }),
    ...mapTypeOf(props['x-kubernetes-map-type']),
    ...(Array.isArray(rules) && rules.length > 0 && { validations: rules as CelRule[] }),
  };
}

function listTypeOf(value: unknown): Pick<Schema, 'listType'> {
  return value === 'atomic' || value === 'set' || value === 'map' ? { listType: value } : {};
}

function mapTypeOf(value: unknown): Pick<Schema, 'mapType'> {
  return value === 'atomic' || value === 'granular' ? { mapType: value } : {};
}

/** True where a schema, or any part of it, has CEL rules. */
export function hasRules({ validations, properties = {}, items, additionalProperties }: Schema): boolean {
  return (
    (validations?.length ?? 0) > 0 ||
    Object.values(properties).some(hasRules) ||
    (items !== undefined && hasRules(items)) ||
    (additionalProperties !== undefined && hasRules(additionalProperties))
  );
}

export function isMap(value: unknown): value is SchemaProps {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member of that name where it is a map. */
export function mapIn(value: SchemaProps, key: string): SchemaProps | undefined {
  const member = Object.hasOwn(value, key) ? value[key] : undefined;
  return isMap(member) ? member : undefined;
}

/** The member of that name where it is a list, else an empty one. */
export function listIn(value: SchemaProps, key: string): readonly unknown[] {
  const member = Object.hasOwn(value, key) ? value[key] : undefined;
  return Array.isArray(member) ? member : [];
}

/** The member of that name where it is a text, else the empty text. */
export function textIn(value: SchemaProps, key: string): string {
  const member = Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof member === 'string' ? member : '';
}
