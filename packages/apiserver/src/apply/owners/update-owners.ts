import { isEmpty, union } from '../fields/field-set.ts';
import { reconcileFields } from '../typed/reconcile.ts';
import type { ValueType } from '../typed/value-type.ts';
import { capUpdates } from './cap.ts';
import { type Owner, type Owners, ownerKey } from './owner.ts';
import { ownable } from './stripped.ts';
import { type OwnedChange, takeFields } from './take-fields.ts';

/** Who makes a change that is no server-side apply. */
export interface Updater {
  readonly manager: string;
  readonly subresource: string;
  readonly time: string | undefined;
}

/** Owners after a create, update or patch: what it changed is the updater's, and nobody else's. */
export function updateOwners(change: OwnedChange, owners: Owners, updater: Updater): Owners {
  const { comparison, owners: others } = takeFields(change, reconcileOwners(change.type, owners), '');
  const fields = ownable(union(comparison.modified, comparison.added));
  return capUpdates(
    isEmpty(fields)
      ? others
      : withUpdate(others, { ...updater, operation: 'Update', apiVersion: change.apiVersion, fields }),
  );
}

function withUpdate(owners: Owners, update: Owner): Owners {
  const key = ownerKey(update);
  const previous = owners.get(key);
  const fields = previous ? union(update.fields, previous.fields) : update.fields;
  return new Map(owners).set(key, { ...update, fields });
}

/** The owners under today's schema. */
export function reconcileOwners(type: ValueType, owners: Owners): Owners {
  return new Map(
    [...owners].map(([key, owner]) => [key, { ...owner, fields: reconcileFields(type, owner.fields) }] as const),
  );
}
