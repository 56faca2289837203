import type { JsonObject } from '../json-value.ts';

/** How the fields of one type merge under strategic merge patch: `patchStrategy` and `patchMergeKey` of k8s.io/api. */
export interface PatchType {
  /** Fields that merge in a way of their own, or hold such fields. Others: maps merge, lists are replaced. */
  readonly fields: ReadonlyMap<string, PatchField>;
}

export interface PatchField {
  /** `merge` joins lists, `replace` puts the patch in place of a map. */
  readonly strategy?: 'merge' | 'replace' | undefined;
  /** The member that tells the items of a joined list apart; absent for lists of scalars. */
  readonly mergeKey?: string | undefined;
  /** Of the map, or of the items of the list. */
  readonly type?: PatchType | undefined;
}

/** How a map is merged with its patch. Lists are given it, as their items may be maps. */
export type MergeMaps = (live: JsonObject, patch: JsonObject, type: PatchType) => JsonObject;

/** Nothing in it merges in a way of its own. */
export const plainType: PatchType = { fields: new Map() };

export function patchType(fields: Readonly<Record<string, PatchField>>): PatchType {
  return { fields: new Map(Object.entries(fields)) };
}

/** A list whose items are told apart by a member. */
export function listBy(mergeKey: string, type?: PatchType): PatchField {
  return { strategy: 'merge', mergeKey, type };
}

/** A list of scalars that is joined. */
export const joined: PatchField = { strategy: 'merge' };

/** A map with fields that merge in a way of their own. */
export function within(type: PatchType): PatchField {
  return { type };
}
