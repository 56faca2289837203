import { jsonEqual } from '../../rest/equal.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { mapAt, valueAt } from '../read.ts';
import { forbidden, invalidEach } from './faults.ts';
import { configKeyFaults } from './names.ts';

/** Bytes of all values of a ConfigMap or Secret. */
export const largestData: number = 1024 * 1024;

/** Faults of the keys of one of its maps. */
export function keysFaults(field: string, map: Readonly<Record<string, unknown>>): FieldFault[] {
  return Object.keys(map).flatMap((key) => invalidEach(`${field}[${key}]`, key, configKeyFaults(key)));
}

/** Size of all base64 values, decoded. */
export function bytesOf(map: Readonly<Record<string, unknown>>): number {
  return Object.values(map).reduce<number>((sum, value) => sum + Buffer.byteLength(String(value), 'base64'), 0);
}

/** Faults of changing an object that was `immutable`. */
export function sealedFaults(object: StoredObject, old: StoredObject, fields: readonly string[]): FieldFault[] {
  if (valueAt(old, 'immutable') !== true) return [];
  const changed = fields.filter((field) => !jsonEqual(mapAt(object, field), mapAt(old, field)));
  const reopened = valueAt(object, 'immutable') === true ? [] : ['immutable'];
  return [...reopened, ...changed].map((field) => forbidden(field, 'field is immutable when `immutable` is set'));
}
