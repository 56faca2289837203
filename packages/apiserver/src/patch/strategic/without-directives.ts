import { isJsonObject, mapMembers } from '../json-value.ts';

/** A value of a patch as it enters the object where there was nothing: maps with a `$patch` directive are left out. Undefined where it is one. */
export function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isJsonObject(value)) return value;
  if (Object.hasOwn(value, '$patch')) return undefined;
  const members = Object.entries(value).map(([key, member]) => [key, withoutDirectives(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

/** The value without members that are null, at any depth. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  return mapMembers(Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null)), withoutNulls);
}
