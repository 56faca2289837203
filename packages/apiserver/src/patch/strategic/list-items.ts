import { badRequest } from '../../status/status.ts';
import { goText, goType } from '../go-text.ts';
import { isJsonObject, type JsonObject, ownValue } from '../json-value.ts';
import { rejected } from '../rejected.ts';
import { badType, noMergeKey } from './errors.ts';

/** How the items of a list are told apart: by a member, or by themselves where they are scalars. */
export type Identify = (item: unknown) => string;

/** By the member that is the merge key; the items are maps. Throws `ApiError` for an item without it. */
export function byMember(key: string): Identify {
  return (item) => {
    if (!isJsonObject(item)) throw badType('map', item);
    if (!Object.hasOwn(item, key)) throw noMergeKey(item, key);
    return scalarIdentity(ownValue(item, key));
  };
}

/** Equal scalars have equal text. Throws `ApiError` for maps and lists, which cannot be told apart. */
export function scalarIdentity(value: unknown): string {
  if (typeof value === 'object' && value !== null) throw badRequest(`cannot tell list items apart by ${goText(value)}`);
  return `${typeof value}:${goText(value)}`;
}

/** What the items of all the lists are. Throws `ApiError` where they differ, are lists or are missing. */
export function itemKind(...lists: readonly (readonly unknown[])[]): 'map' | 'scalar' {
  const [first, ...others] = lists.flat();
  if (first === undefined) throw badRequest('no elements in any of the given slices');
  if (Array.isArray(first)) throw rejected();
  const type = goType(first);
  if (first === null || others.some((item) => goType(item) !== type)) {
    throw badRequest(`list element types are not identical: ${goText(lists)}`);
  }
  return isJsonObject(first) ? 'map' : 'scalar';
}

/** Where each item stands first. */
export function firstIndexes(list: readonly unknown[], identify: Identify): Map<string, number> {
  const indexes = new Map<string, number>();
  for (const [index, item] of list.entries()) {
    const identity = identify(item);
    if (!indexes.has(identity)) indexes.set(identity, index);
  }
  return indexes;
}

/** The directive of an item, or undefined. */
export function directiveOf(item: unknown): unknown {
  return isJsonObject(item) && Object.hasOwn(item, '$patch') ? (item as JsonObject)['$patch'] : undefined;
}
