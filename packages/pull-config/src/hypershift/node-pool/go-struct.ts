import { formatPath, type Path } from '@pullpath/api';

/** A value that does not fit its Go type. */
export interface GoMismatch {
  readonly path: string;
  readonly message: string;
}

/**
 * A Go type: turns decoded JSON data into what Go prints after it decoded and encoded it again. Unknown fields are
 * dropped, missing ones take their zero value, `null` counts as missing. Mismatches are collected.
 */
export type GoType = (value: unknown, path: Path, mismatches: GoMismatch[]) => unknown;

/** A field of a struct and when encoding leaves it out. */
export interface GoField {
  readonly type: GoType;
  readonly isLeftOut: (printed: unknown) => boolean;
}

/** A field without `omitempty`. */
export function required(type: GoType): GoField {
  return { type, isLeftOut: () => false };
}

/** A value with `omitempty`: left out when it is zero. */
export function omitEmpty(type: GoType): GoField {
  return { type, isLeftOut: isEmpty };
}

/** A pointer with `omitempty`: left out when absent; false and 0 are kept. */
export function omitNull(type: GoType): GoField {
  return { type: goPointer(type), isLeftOut: (printed) => printed === null };
}

export const goString: GoType = (value, path, mismatches) => scalar('string', '', value, path, mismatches);
export const goBool: GoType = (value, path, mismatches) => scalar('boolean', false, value, path, mismatches);

export const goInteger: GoType = (value, path, mismatches) => {
  if (value === null || value === undefined) return 0;
  if (Number.isInteger(value)) return value;
  return mismatch(0, 'an integer', path, mismatches);
};

/** Any JSON, kept as it is; absent or null is printed as null (`runtime.RawExtension`). */
export const goRaw: GoType = (value) => value ?? null;

/** A pointer: absent stays absent, where the type itself would print its zero value. */
export function goPointer(type: GoType): GoType {
  return (value, path, mismatches) => (value === null || value === undefined ? null : type(value, path, mismatches));
}

/** A slice; a missing one is printed as null. */
export function goSlice(item: GoType): GoType {
  return (value, path, mismatches) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) return mismatch(null, 'a list', path, mismatches);
    return value.map((element, index) => item(element, [...path, index], mismatches));
  };
}

/** A map of strings; an empty one counts as missing. */
export const goStringMap: GoType = (value, path, mismatches) => {
  if (value === null || value === undefined) return null;
  if (!isRecord(value)) return mismatch(null, 'a mapping', path, mismatches);
  const entries = Object.entries(value).map(([key, item]) => [key, goString(item, [...path, key], mismatches)]);
  return entries.length === 0 ? null : Object.fromEntries(entries);
};

/** A struct with its fields in their Go order. */
export function goStruct(fields: Readonly<Record<string, GoField>>): GoType {
  return (value, path, mismatches) => {
    if (value !== null && value !== undefined && !isRecord(value)) mismatch(null, 'a mapping', path, mismatches);
    const data = isRecord(value) ? value : {};
    const members = Object.entries(fields).flatMap(([name, field]) => {
      const printed = field.type(ownMember(data, name), [...path, name], mismatches);
      return field.isLeftOut(printed) ? [] : [[name, printed] as const];
    });
    return Object.fromEntries(members);
  };
}

function scalar<T>(type: string, zero: T, value: unknown, path: Path, mismatches: GoMismatch[]): unknown {
  if (value === null || value === undefined) return zero;
  return typeof value === type ? value : mismatch(zero, `a ${type}`, path, mismatches);
}

function mismatch<T>(zero: T, wanted: string, path: Path, mismatches: GoMismatch[]): T {
  mismatches.push({ path: formatPath(path), message: `${formatPath(path)} is not ${wanted}` });
  return zero;
}

/** Empty in the sense of `omitempty`: a struct never is, an empty list or map is. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === '' || value === 0 || value === false) return true;
  return Array.isArray(value) && value.length === 0;
}

function ownMember(data: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(data, name) ? data[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
