import { isList, isObject, isUnknown, type ObjectValue, type Value } from './values.ts';

/** A cty type in its JSON form. */
export type CtyType =
  | 'string'
  | 'number'
  | 'bool'
  | readonly ['list', CtyType]
  | readonly ['set', CtyType]
  | readonly ['map', CtyType]
  | readonly ['object', { readonly [attribute: string]: CtyType }];

/**
 * Brings a value into the shape of its type: every attribute of an object is there (null where it was missing), nothing
 * else is, and numbers and booleans that came as text are numbers and booleans. Used on what core sends and on saved state.
 */
export function conform(type: CtyType, value: Value | undefined): Value {
  if (value === undefined || value === null) return null;
  if (isUnknown(value)) return value;
  return typeof type === 'string' ? scalar(type, value) : collection(type, value);
}

function scalar(type: 'string' | 'number' | 'bool', value: Value): Value {
  if (type === 'string') return typeof value === 'string' ? value : JSON.stringify(value);
  if (type === 'number') return typeof value === 'number' ? value : Number(value);
  return value === true || value === 'true';
}

function collection(type: Exclude<CtyType, string>, value: Value): Value {
  if (type[0] === 'list' || type[0] === 'set')
    return isList(value) ? value.map((item) => conform(type[1], item)) : null;
  if (!isObject(value)) return null;
  return type[0] === 'map' ? mapOf(type[1], value) : objectOf(type[1], value);
}

function mapOf(element: CtyType, value: ObjectValue): ObjectValue {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, conform(element, member)]));
}

function objectOf(attributes: Readonly<Record<string, CtyType>>, value: ObjectValue): ObjectValue {
  return Object.fromEntries(Object.entries(attributes).map(([name, type]) => [name, conform(type, value[name])]));
}
