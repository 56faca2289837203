import type { Schema } from './schema.ts';

/** The schema of a member: a declared property, else that of additional ones. */
export function memberSchema(schema: Schema, key: string): Schema | undefined {
  const { properties } = schema;
  return properties && Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties;
}

/** The API server drops null where the schema does not allow it, so such a member counts as missing. */
export function isAbsent(schema: Schema | undefined, value: unknown): boolean {
  return value === undefined || (value === null && schema !== undefined && !schema.nullable);
}
