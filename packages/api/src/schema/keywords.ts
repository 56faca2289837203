import type { Path } from '../load/located.ts';
import type { FieldError, FieldErrorType } from './field-error.ts';
import { formats } from './formats.ts';
import { type JsonMap, ownValue } from './json.ts';
import { isAbsent, memberSchema } from './member.ts';
import { matchesPattern } from './patterns.ts';
import type { FaultKeyword, Schema } from './schema.ts';

/** Faults of a string. Lengths count characters, as in Go. */
export function stringFaults(schema: Schema, value: string, path: Path): FieldError[] {
  const faults = faultsAt(schema, value, path);
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = schema;
  const length = value.length > maxLength || value.length < 2 * minLength ? characterCount(value) : value.length;
  if (length < minLength) faults.add('minLength', `should be at least ${minLength} chars long`);
  if (length > maxLength) faults.add('maxLength', `may not be more than ${maxLength} bytes`, 'TooLong');
  if (schema.enum && !schema.enum.includes(value)) faults.add('enum', supported(schema.enum), 'NotSupported');
  if (pattern !== undefined && !matchesPattern(pattern, value)) faults.add('pattern', `should match '${pattern}'`);
  if (format !== undefined && formats.get(format)?.(value) === false) {
    faults.add('format', `must be of type ${format}: ${JSON.stringify(value)}`, 'TypeInvalid');
  }
  return faults.errors;
}

function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function supported(values: readonly string[]): string {
  return `supported values: ${values.map((value) => JSON.stringify(value)).join(', ')}`;
}

const integerBounds: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['int32', [-(2 ** 31), 2 ** 31 - 1]],
  ['int64', [-(2 ** 63), 2 ** 63]],
]);

export function numberFaults(schema: Schema, value: number, path: Path): FieldError[] {
  const faults = faultsAt(schema, value, path);
  const { minimum, maximum, multipleOf, format } = schema;
  const bounds = integerBounds.get(format ?? '');
  const [open, closed] = [schema.exclusiveMinimum === true, schema.exclusiveMaximum === true];
  if (multipleOf !== undefined && !isMultiple(value, multipleOf))
    faults.add('multipleOf', `should be a multiple of ${multipleOf}`);
  if (minimum !== undefined && (value < minimum || (open && value === minimum)))
    faults.add('minimum', `should be greater than ${open ? '' : 'or equal to '}${minimum}`);
  if (maximum !== undefined && (value > maximum || (closed && value === maximum)))
    faults.add('maximum', `should be less than ${closed ? '' : 'or equal to '}${maximum}`);
  if (bounds && (value < bounds[0] || value > bounds[1]))
    faults.add('format', `must be of type integer with format ${format}`);
  return faults.errors;
}

// Of 0.3 and 0.1 too, whose quotient is not quite whole.
function isMultiple(value: number, factor: number): boolean {
  const quotient = value / factor;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}

export function listFaults(schema: Schema, list: readonly unknown[], path: Path): FieldError[] {
  const faults = faultsAt(schema, list.length, path);
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  if (list.length < minItems) faults.add('minItems', `should have at least ${minItems} items`);
  if (list.length > maxItems) faults.add('maxItems', `${list.length}: must have at most ${maxItems} items`, 'TooMany');
  return faults.errors;
}

export function mapFaults(schema: Schema, map: JsonMap, path: Path): FieldError[] {
  const faults = faultsAt(schema, map, path);
  const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema;
  const size = Object.keys(map).length;
  if (size < minProperties) faults.add('minProperties', `should have at least ${minProperties} properties`);
  if (size > maxProperties) faults.add('maxProperties', `${size}: must have at most ${maxProperties} items`, 'TooMany');
  return [...faults.errors, ...missingMembers(schema, map, path)];
}

function missingMembers(schema: Schema, map: JsonMap, path: Path): FieldError[] {
  const missing = (schema.required ?? []).filter((key) => isAbsent(memberSchema(schema, key), ownValue(map, key)));
  return missing.map((key) => {
    const detail = memberSchema(schema, key)?.texts?.required ?? '';
    return { path: [...path, key], type: 'Required', keyword: 'required', detail };
  });
}

/** Collects the faults of one value; a text of the schema replaces the general wording. */
function faultsAt(schema: Schema, badValue: unknown, path: Path) {
  const errors: FieldError[] = [];
  const add = (keyword: FaultKeyword, general: string, type: FieldErrorType = 'Invalid'): void => {
    const detail = schema.texts?.[keyword] ?? general;
    const allowed = keyword === 'enum' && schema.enum ? { allowed: schema.enum } : {};
    errors.push({ path, type, keyword, detail, badValue, ...allowed });
  };
  return { errors, add };
}
