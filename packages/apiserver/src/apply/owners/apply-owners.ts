import { jsonEqual } from '../../rest/equal.ts';
import {
  difference,
  differenceBelow,
  emptySet,
  type FieldSet,
  intersection,
  isEmpty,
  union,
} from '../fields/field-set.ts';
import { fieldsOf } from '../typed/fields-of.ts';
import { mergeTyped } from '../typed/merge.ts';
import { withNamedFields } from '../typed/named-fields.ts';
import { removeFields } from '../typed/remove-fields.ts';
import type { ValueType } from '../typed/value-type.ts';
import { type Owner, type Owners, ownerKey } from './owner.ts';
import { ownable } from './stripped.ts';
import { type Conflict, takeFields } from './take-fields.ts';
import { reconcileOwners } from './update-owners.ts';

/** A server-side apply of `config` onto `live`; both fit the type. */
export interface Apply {
  readonly type: ValueType;
  readonly live: unknown;
  readonly config: unknown;
  readonly manager: string;
  readonly subresource: string;
  readonly apiVersion: string;
  readonly ignored: FieldSet;
  readonly force: boolean;
  readonly time: string | undefined;
}

export interface AppliedOwners {
  readonly object: unknown;
  readonly owners: Owners;
  /** False where nothing but ignored fields differs from the live object. */
  readonly isChanged: boolean;
}

/** Either what the apply makes of object and owners, or who stands against it. */
export type ApplyOutcome = AppliedOwners | { readonly conflicts: readonly Conflict[] };

/**
 * Merges what the manager wants into the object, removes what it wanted before and nobody else owns, and gives it what it
 * names (structured-merge-diff `merge/update.go` Apply).
 */
export function applyOwned(apply: Apply, known: Owners): ApplyOutcome {
  const { type, live, config, ignored, manager, subresource, apiVersion } = apply;
  const owners = new Map(reconcileOwners(type, known));
  const identity = { manager, operation: 'Apply', apiVersion, subresource } as const;
  const self = ownerKey(identity);
  const previous = owners.get(self);
  const fields = differenceBelow(fieldsOf(type, config), ignored);
  owners.set(self, { ...identity, time: previous?.time, fields });
  const object = prune(type, mergeTyped(type, live, config), previous?.fields ?? emptySet, owners);
  const change = { type, before: live, after: object, apiVersion, ignored };
  const taken = takeFields(change, owners, self);
  if (taken.conflicts.length > 0 && !apply.force) return { conflicts: taken.conflicts };
  const isChanged = Object.values(taken.comparison).some((set) => !isEmpty(set));
  return { object, isChanged, owners: settle(taken.owners, self, jsonEqual(live, object) ? undefined : apply.time) };
}

/** The applier's entry as it is recorded. Its time is that of the last apply that changed the object. */
function settle(owners: Owners, self: string, time: string | undefined): Owners {
  const settled = new Map(owners);
  const own = settled.get(self);
  const fields = own && ownable(own.fields);
  if (!own || !fields || isEmpty(fields)) settled.delete(self);
  else settled.set(self, { ...own, fields, time: time ?? own.time });
  return settled;
}

/**
 * Removes what the applier owned before, then adds back what someone owns now, then what the applier did not own: items
 * below removed fields that came from elsewhere.
 */
function prune(type: ValueType, merged: unknown, previous: FieldSet, owners: ReadonlyMap<string, Owner>): unknown {
  if (isEmpty(previous)) return merged;
  const last = withNamedFields(type, previous);
  const all = withNamedFields(type, fieldsOf(type, merged));
  const bare = removeFields(type, merged, last);
  const owned = [...owners.values()].reduce<FieldSet>((set, { fields }) => union(set, fields), emptySet);
  const kept = union(namedFieldsOf(type, bare), withNamedFields(type, owned));
  const withOwned = removeFields(type, merged, difference(all, kept));
  const gone = difference(all, namedFieldsOf(type, withOwned));
  return removeFields(type, merged, intersection(gone, last));
}

function namedFieldsOf(type: ValueType, value: unknown): FieldSet {
  return withNamedFields(type, fieldsOf(type, value));
}
