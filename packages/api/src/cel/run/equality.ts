import { Duration, isLibraryValue, Optional, TypeValue, Uint } from './values.ts';

/** Whether two CEL values are equal: numbers by value across their types, maps whatever their order. */
export function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (isNumeric(left) && isNumeric(right)) return areEqualNumbers(numberOf(left), numberOf(right));
  if (Array.isArray(left)) return Array.isArray(right) && areEqualLists(left, right);
  if (left instanceof Map) return right instanceof Map && areEqualMaps(left, right);
  if (left instanceof Uint8Array)
    return right instanceof Uint8Array && areEqualLists(Array.from(left), Array.from(right));
  if (left instanceof Date) return right instanceof Date && left.getTime() === right.getTime();
  if (left instanceof Duration) return right instanceof Duration && left.nanoseconds === right.nanoseconds;
  if (left instanceof TypeValue) return right instanceof TypeValue && left.name === right.name;
  if (left instanceof Optional) return right instanceof Optional && areEqualOptionals(left, right);
  return isLibraryValue(left) && isLibraryValue(right) && left.celType === right.celType && left.key === right.key;
}

function isNumeric(value: unknown): value is bigint | number | Uint {
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof Uint;
}

function numberOf(value: bigint | number | Uint): bigint | number {
  return value instanceof Uint ? value.value : value;
}

/** Whole numbers and doubles compare by what they are worth; no number is NaN. */
function areEqualNumbers(left: bigint | number, right: bigint | number): boolean {
  if (left < right) return false;
  return left <= right;
}

function areEqualLists(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => isEqual(item, right[index]));
}

function areEqualMaps(left: ReadonlyMap<unknown, unknown>, right: ReadonlyMap<unknown, unknown>): boolean {
  return (
    left.size === right.size && [...left].every(([key, value]) => right.has(key) && isEqual(value, right.get(key)))
  );
}

function areEqualOptionals(left: Optional, right: Optional): boolean {
  return left.present === right.present && isEqual(left.held, right.held);
}
