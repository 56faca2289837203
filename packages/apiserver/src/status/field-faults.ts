import type { FieldFault } from './status.ts';

/** A field that must be given. `why` may be empty. */
export function requiredValue(field: string, why = ''): FieldFault {
  return { reason: 'FieldValueRequired', message: `Required value${why === '' ? '' : `: ${why}`}`, field };
}

/** A fault of one field with the value that has it. */
export function invalidValue(field: string, value: unknown, why: string): FieldFault {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value)}: ${why}`, field };
}

/** A value that is none of those that a field may have. */
export function unsupportedValue(field: string, value: unknown, supported: readonly string[]): FieldFault {
  const list = supported.map((each) => JSON.stringify(each)).join(', ');
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`;
  return { reason: 'FieldValueNotSupported', message, field };
}

/** A field that may not be given here. */
export function forbiddenValue(field: string, why: string): FieldFault {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field };
}

/** A value that another item has already. */
export function duplicateValue(field: string, value: unknown): FieldFault {
  return { reason: 'FieldValueDuplicate', message: `Duplicate value: ${JSON.stringify(value)}`, field };
}
