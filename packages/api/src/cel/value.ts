import { isBase64 } from '../schema/formats.ts';
import { isJsonMap, ownValue } from '../schema/json.ts';
import type { Schema } from '../schema/schema.ts';
import { parseDuration } from './library/duration.ts';
import { Mismatch } from './mismatch.ts';
import { escapePropertyName } from './property-name.ts';
import { withTextKeys } from './run/access.ts';
import { parseTimestamp } from './run/timestamp.ts';
import { withObjectMeta } from './schema-type.ts';

/**
 * Turns JSON into the values that CEL works on: whole numbers into int, mappings into maps of the declared fields (so that no prototype is ever
 * in reach), strings of the formats byte, date-time and duration into their CEL types. Each
 * mapping and list is converted once.
 */
export function createConverter(): (schema: Schema, value: unknown) => unknown {
  const known = new Map<unknown, unknown>();
  const convert = (schema: Schema, value: unknown): unknown => {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object') return scalar(schema, value);
    const done = known.get(value);
    if (done !== undefined) return done;
    const result = Array.isArray(value) ? list(schema, value, convert) : mapping(schema, value, convert);
    known.set(value, result);
    return result;
  };
  return convert;
}

type Convert = (schema: Schema, value: unknown) => unknown;

function list(schema: Schema, value: readonly unknown[], convert: Convert): unknown {
  if (schema.type !== undefined && schema.type !== 'array') return mismatch(schema, 'array');
  return value.map((item) => convert(schema.items ?? {}, item));
}

function mapping(schema: Schema, value: object, convert: Convert): unknown {
  if (schema.type !== undefined && schema.type !== 'object') return mismatch(schema, 'object');
  const result = withTextKeys(new Map<string, unknown>());
  if (!isJsonMap(value)) return result;
  const { properties = {}, additionalProperties } = schema.embeddedResource ? withObjectMeta(schema) : schema;
  for (const key of Object.keys(value)) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (property) result.set(escapePropertyName(key), convert(property, ownValue(value, key)));
    else if (additionalProperties || schema.type === undefined) {
      result.set(key, convert(additionalProperties ?? {}, ownValue(value, key)));
    }
  }
  return result;
}

function scalar(schema: Schema, value: unknown): unknown {
  if (typeof value === 'number') return number(schema, value);
  if (typeof value === 'string') return string(schema, value);
  return fits(schema, 'boolean') ? value : mismatch(schema, typeof value);
}

function number(schema: Schema, value: number): unknown {
  if (schema.type === 'number') return value;
  if (Number.isInteger(value) && (schema.intOrString || fits(schema, 'integer'))) return BigInt(value);
  return schema.type === undefined && !schema.intOrString ? value : mismatch(schema, 'number');
}

function string(schema: Schema, value: string): unknown {
  if (!schema.intOrString && !fits(schema, 'string')) return mismatch(schema, 'string');
  if (schema.format === 'byte') return isBase64(value) ? decodeBase64(value) : new Mismatch('could not decode base64');
  if (schema.format === 'date-time')
    return parseTimestamp(value) ?? new Mismatch(`Invalid date-time formatted string ${value}`);
  if (schema.format === 'date')
    return parseTimestamp(`${value}T00:00:00Z`) ?? new Mismatch(`Invalid date formatted string ${value}`);
  if (schema.format === 'duration') return parseDuration(value) ?? new Mismatch('could not parse the duration');
  return value;
}

function decodeBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function fits({ type, intOrString }: Schema, actual: string): boolean {
  return (type === undefined && !intOrString) || type === actual;
}

function mismatch(schema: Schema, got: string): Mismatch {
  return new Mismatch(`expected ${schema.intOrString ? 'integer or string' : schema.type} but got ${got}`);
}
