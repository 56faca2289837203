import type { FieldFault } from '../../status/status.ts';
import { invalid } from './faults.ts';

export function nonnegative(field: string, value: unknown): FieldFault[] {
  return typeof value === 'number' && value < 0 ? [invalid(field, value, 'must be greater than or equal to 0')] : [];
}

/** A count or a percentage such as `25%`. */
export function intOrPercent(field: string, value: unknown): FieldFault[] {
  if (typeof value === 'number') return nonnegative(field, value);
  if (typeof value !== 'string' || percentOf(value) !== undefined) return [];
  const detail =
    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
  return [invalid(field, value, detail)];
}

export function atMost100Percent(field: string, value: unknown): FieldFault[] {
  const percent = typeof value === 'string' ? percentOf(value) : undefined;
  return percent !== undefined && percent > 100 ? [invalid(field, value, 'must not be greater than 100%')] : [];
}

/** The number before `%`; undefined where the text is no percentage. */
export function percentOf(text: string): number | undefined {
  return /^[0-9]{1,15}%$/.test(text) ? Number(text.slice(0, -1)) : undefined;
}

/** The number of a count or percentage, as the rules compare with 0. */
export function numberOf(value: unknown): number {
  return typeof value === 'string' ? (percentOf(value) ?? 0) : Number(value ?? 0);
}
