import { difference, type FieldSet, intersection, isEmpty, union } from '../fields/field-set.ts';
import { type Comparison, compareTyped, withoutFields } from '../typed/compare.ts';
import type { ValueType } from '../typed/value-type.ts';
import type { Owner, Owners } from './owner.ts';

/** A change of an object, and how its kind treats ownership. */
export interface OwnedChange {
  readonly type: ValueType;
  readonly before: unknown;
  readonly after: unknown;
  /** Of the request; fields of other versions are compared without `ignored`. */
  readonly apiVersion: string;
  /** Fields that a request of this kind cannot change, with all that is in them. */
  readonly ignored: FieldSet;
}

/** What a change takes from owners other than the one who makes it. */
export interface Taken {
  readonly comparison: Comparison;
  /** The owners as they are when the change wins. */
  readonly owners: Owners;
  /** Whose fields the change adds or modifies; in the order of the owners' keys. */
  readonly conflicts: readonly Conflict[];
}

export interface Conflict {
  readonly key: string;
  readonly owner: Owner;
  readonly fields: FieldSet;
}

/** Takes the changed fields from everyone but `self`, and the removed ones too (structured-merge-diff `merge/update.go`). */
export function takeFields(change: OwnedChange, owners: Owners, self: string): Taken {
  const full = compareTyped(change.type, change.before, change.after);
  const comparison = withoutFields(full, change.ignored);
  const conflicts: Conflict[] = [];
  const left = new Map<string, Owner>();
  for (const key of [...owners.keys()].sort()) {
    const owner = owners.get(key) as Owner;
    const seen = owner.apiVersion === change.apiVersion ? comparison : full;
    const fields = key === self ? owner.fields : fieldsLeft(owner, seen);
    const taken = key === self ? undefined : intersection(owner.fields, union(seen.modified, seen.added));
    if (taken && !isEmpty(taken)) conflicts.push({ key, owner, fields: taken });
    if (!isEmpty(fields)) left.set(key, { ...owner, fields });
  }
  return { comparison, owners: left, conflicts };
}

function fieldsLeft({ fields }: Owner, { added, modified, removed }: Comparison): FieldSet {
  return difference(difference(difference(fields, added), modified), removed);
}
