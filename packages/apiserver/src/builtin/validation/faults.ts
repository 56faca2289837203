import type { FieldFault } from '../../status/status.ts';

// The constructors of apimachinery `field.Error`, with its words.

export function required(field: string, detail = ''): FieldFault {
  return { reason: 'FieldValueRequired', message: joined('Required value', detail), field };
}

/** `value` is shown as JSON. */
export function invalid(field: string, value: unknown, detail: string): FieldFault {
  return { reason: 'FieldValueInvalid', message: joined(`Invalid value: ${shown(value)}`, detail), field };
}

export function forbidden(field: string, detail: string): FieldFault {
  return { reason: 'FieldValueForbidden', message: joined('Forbidden', detail), field };
}

/** `supported` in the order in which it is shown. */
export function notSupported(field: string, value: unknown, supported: readonly string[]): FieldFault {
  const list = supported.map((item) => JSON.stringify(item)).join(', ');
  const message = joined(`Unsupported value: ${shown(value)}`, list === '' ? '' : `supported values: ${list}`);
  return { reason: 'FieldValueNotSupported', message, field };
}

export function duplicate(field: string, value: unknown, detail = ''): FieldFault {
  return { reason: 'FieldValueDuplicate', message: joined(`Duplicate value: ${shown(value)}`, detail), field };
}

export function notFoundValue(field: string, value: unknown): FieldFault {
  return { reason: 'FieldValueNotFound', message: `Not found: ${shown(value)}`, field };
}

export function tooLong(field: string, bytes: number): FieldFault {
  return { reason: 'FieldValueTooLong', message: `Too long: may not be more than ${bytes} bytes`, field };
}

/** One `invalid` for each complaint. */
export function invalidEach(field: string, value: unknown, details: readonly string[]): FieldFault[] {
  return details.map((detail) => invalid(field, value, detail));
}

function shown(value: unknown): string {
  return value === undefined ? 'null' : JSON.stringify(value);
}

function joined(heading: string, detail: string): string {
  return detail === '' ? heading : `${heading}: ${detail}`;
}
