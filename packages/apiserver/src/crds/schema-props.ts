import { isMap, mapIn, type SchemaProps } from './schema.ts';

export const intOrString = 'x-kubernetes-int-or-string';
export const preserve = 'x-kubernetes-preserve-unknown-fields';
export const embedded = 'x-kubernetes-embedded-resource';

/** The declared properties of a schema that are schemas. */
export function propertiesOf(schema: SchemaProps): [string, SchemaProps][] {
  return Object.entries(mapIn(schema, 'properties') ?? {}).filter((entry): entry is [string, SchemaProps] =>
    isMap(entry[1]),
  );
}

/** True for a keyword that says something; an empty or false one does not. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false;
}
