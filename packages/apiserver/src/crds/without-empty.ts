import type { StoredObject } from '../store/record.ts';
import { isMap, listIn, mapIn, type SchemaProps } from './schema.ts';

/** A definition whose schemas have no empty `properties`: the real server does not keep them. */
export function withoutEmptyProperties(definition: StoredObject): StoredObject {
  const spec = mapIn(definition, 'spec');
  if (!spec || !Array.isArray(spec['versions'])) return definition;
  return { ...definition, spec: { ...spec, versions: listIn(spec, 'versions').map(trimmedVersion) } };
}

function trimmedVersion(version: unknown): unknown {
  const schema = isMap(version) ? mapIn(version, 'schema') : undefined;
  const props = schema && mapIn(schema, 'openAPIV3Schema');
  return props ? { ...(version as SchemaProps), schema: { ...schema, openAPIV3Schema: trimmed(props) } } : version;
}

function trimmed(props: SchemaProps): SchemaProps {
  const entries = Object.entries(props).map(([key, value]) => [key, trimmedMember(key, value)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const schemaLists = new Set(['allOf', 'anyOf', 'oneOf']);
const schemas = new Set(['items', 'additionalProperties', 'not']);

function trimmedMember(key: string, value: unknown): unknown {
  if (schemaLists.has(key) && Array.isArray(value)) return value.map((each) => (isMap(each) ? trimmed(each) : each));
  if (!isMap(value)) return value;
  if (schemas.has(key)) return trimmed(value);
  if (key !== 'properties') return value;
  const properties = Object.entries(value).map(([name, each]) => [name, isMap(each) ? trimmed(each) : each] as const);
  return properties.length === 0 ? undefined : Object.fromEntries(properties);
}
