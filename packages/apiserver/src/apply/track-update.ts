import { metadataOf, withMetadata } from '../rest/metadata.ts';
import type { StoredObject } from '../store/record.ts';
import { keepTimes } from './keep-times.ts';
import { decodeManagedFields, encodeManagedFields, isReset } from './owners/managed-fields.ts';
import type { Owners } from './owners/owner.ts';
import { updateOwners } from './owners/update-owners.ts';
import { ownersOfGroup, type TrackedKind, type Tracking, trackingOf } from './tracked-kind.ts';
import { typeFaults } from './typed/check-typed.ts';
import { withZeroFields } from './zero-fields.ts';

/** Who made a change that is no server-side apply. */
export interface UpdateOptions {
  readonly manager: string;
  /** `status` or `scale`; empty for the main resource. */
  readonly subresource: string;
}

/**
 * `next` with its `metadata.managedFields` after a create, update or patch (apimachinery `managedfields` FieldManager
 * Update). A client may set or reset the entries itself on the main resource. An object that is not tracked, or whose
 * content does not fit its schema, ends without entries. `time` is RFC 3339.
 */
export function trackUpdate(
  kind: TrackedKind,
  old: StoredObject | undefined,
  next: StoredObject,
  options: UpdateOptions,
  time: string,
): StoredObject {
  const owners = ownersBefore(kind, old, next, options.subresource);
  const isTracked = owners.size > 0 || old === undefined;
  const tracked = isTracked
    ? ownersAfter(trackingOf(kind, options.subresource), old, next, owners, options, time)
    : owners;
  return keepTimes(old, withOwners(next, tracked));
}

/** The object with these entries and no others. */
export function withOwners(object: StoredObject, owners: Owners): StoredObject {
  return withMetadata(object, { managedFields: encodeManagedFields(owners) });
}

function ownersBefore(
  kind: TrackedKind,
  old: StoredObject | undefined,
  next: StoredObject,
  subresource: string,
): Owners {
  const fromOld = (): Owners => decodeManagedFields(old && metadataOf(old).managedFields) ?? new Map();
  const sent = metadataOf(next).managedFields;
  if (subresource !== '') return ownersOfGroup(kind, fromOld());
  if (isReset(sent)) return new Map();
  const owners = decodeManagedFields(sent);
  return ownersOfGroup(kind, owners && owners.size > 0 ? owners : fromOld());
}

/** The owners of an object that `old` became; an absent `old` has the zero fields of its kind. */
export function ownersAfter(
  { type, apiVersion, ignored, zero }: Tracking,
  old: StoredObject | undefined,
  next: StoredObject,
  owners: Owners,
  { manager, subresource }: UpdateOptions,
  time: string,
): Owners {
  const [before, after] = [old ?? {}, next].map((object) =>
    withZeroFields(withMetadata(object, { managedFields: undefined }), zero),
  );
  const misfit = [before, after].some((object) => typeFaults(type, object, { allowDuplicates: true }).length > 0);
  if (misfit) return new Map();
  const change = { type, before, after, apiVersion, ignored };
  // Who scales is noted without a time, as the real server's detour by the Scale object loses it.
  const noted = subresource === 'scale' ? undefined : time;
  return updateOwners(change, owners, { manager: manager || 'unknown', subresource, time: noted });
}
