import type { Schema } from './schema.ts';

/** The schema without the fields whose feature gate is off, as in the CRD of the Default feature set. */
export function withoutGatedFields(schema: Schema): Schema {
  const { properties, items, additionalProperties, ...rest } = schema;
  return {
    ...rest,
    ...(properties && { properties: openProperties(properties) }),
    ...(items && { items: withoutGatedFields(items) }),
    ...(additionalProperties && { additionalProperties: withoutGatedFields(additionalProperties) }),
  };
}

function openProperties(properties: Readonly<Record<string, Schema>>): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, property]) => property.featureGate === undefined)
      .map(([name, property]) => [name, withoutGatedFields(property)] as const),
  );
}
