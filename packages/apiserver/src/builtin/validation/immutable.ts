import { jsonEqual } from '../../rest/equal.ts';
import type { FieldFault } from '../../status/status.ts';
import { invalid } from './faults.ts';

/** A field that may not change after creation. Absent, empty map and empty list are equal. */
export function immutable(field: string, value: unknown, old: unknown): FieldFault[] {
  return jsonEqual(emptied(value), emptied(old)) ? [] : [invalid(field, value, 'field is immutable')];
}

function emptied(value: unknown): unknown {
  if (value === null) return undefined;
  return typeof value === 'object' && Object.keys(value).length === 0 ? undefined : value;
}
