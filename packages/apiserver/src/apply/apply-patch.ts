import { metadataOf, withMetadata } from '../rest/metadata.ts';
import { badRequest } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { conflictError } from './conflict-error.ts';
import { keepEntryTimes } from './keep-times.ts';
import { kubectlManager, updateLastApplied, withoutLastApplied } from './last-applied.ts';
import { type AppliedOwners, type Apply, type ApplyOutcome, applyOwned } from './owners/apply-owners.ts';
import { decodeManagedFields } from './owners/managed-fields.ts';
import type { Owners } from './owners/owner.ts';
import type { Conflict } from './owners/take-fields.ts';
import { ownersAfter, withOwners } from './track-update.ts';
import { ownersOfGroup, type TrackedKind, type Tracking, trackingOf } from './tracked-kind.ts';
import { typeFaults } from './typed/check-typed.ts';
import { NoElementError } from './typed/list-items.ts';
import { withoutZeroNulls, withZeroFields } from './zero-fields.ts';

/** Who applies, and how. */
export interface ApplyOptions {
  readonly manager: string;
  /** Takes fields from other managers instead of failing. */
  readonly force: boolean;
  /** `status` or `scale`; empty for the main resource. */
  readonly subresource: string;
  /** RFC 3339. */
  readonly time: string;
}

export interface Applied {
  /** With `metadata.managedFields`; defaults are not filled in yet. */
  readonly object: StoredObject;
}

/**
 * Server-side apply of `config`, parsed and untouched, onto the live object; undefined where there is none yet (apimachinery
 * `managedfields` FieldManager Apply). An apply that changes nothing gives the live object back, with other owners at most.
 * A map or list that loses its last item while someone else owns it becomes null. Throws `ApiError`: 400 for another kind,
 * `managedFields` in the body and content that does not fit the schema, 409 for conflicts.
 */
export function applyPatch(
  kind: TrackedKind,
  live: StoredObject | undefined,
  config: StoredObject,
  options: ApplyOptions,
): Applied {
  checkConfig(kind, config);
  const tracking = trackingOf(kind, options.subresource);
  const base = withZeroFields(
    live ? withMetadata(live, { managedFields: undefined }) : typeMeta(config),
    tracking.zero,
  );
  checkTyped(kind, 'live', tracking, base);
  checkTyped(kind, 'patch', tracking, config);
  const owners = ownersOfLive(kind, tracking, live, options);
  // Who scales is noted without a time, as the real server's detour by the Scale object loses it.
  const time = options.subresource === 'scale' ? undefined : options.time;
  const done = resolved({ ...tracking, ...options, time, live: base, config }, owners, tracking, base);
  const plain = withOwners(withoutZeroNulls(done.object as StoredObject, tracking.zero), done.owners);
  const object = options.manager === kubectlManager ? updateLastApplied(plain, config) : plain;
  // What the server drops anyway is no change, so it must not touch a time either.
  const isSame = live !== undefined && !done.isChanged && object === plain;
  return { object: isSame ? keepEntryTimes(live, object) : object };
}

function typeMeta({ apiVersion, kind }: StoredObject): StoredObject {
  return { apiVersion, kind };
}

function checkConfig(kind: TrackedKind, config: StoredObject): void {
  const [apiVersion, name] = [text(config['apiVersion']), text(config['kind'])];
  const slash = apiVersion.indexOf('/');
  const [group, version] = slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
  if (group !== kind.group || version !== kind.version || name !== kind.kind) {
    throw badRequest(`invalid object type: ${group}/${version}, Kind=${name}`);
  }
  if ((metadataOf(config).managedFields ?? null) !== null) throw badRequest('metadata.managedFields must be nil');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function checkTyped(kind: TrackedKind, which: 'live' | 'patch', { type }: Tracking, object: StoredObject): void {
  const faults = typeFaults(type, object, { allowDuplicates: which === 'live' });
  if (faults.length === 0) return;
  const { namespace, name } = metadataOf(object);
  const subject = `${text(namespace)}/${text(name)}; ${kind.group}/${kind.version}, Kind=${kind.kind}`;
  const list = faults.length === 1 ? faults[0] : ['errors:', ...faults.map((fault) => `  ${fault}`)].join('\n');
  throw badRequest(`failed to create typed ${which} object (${subject}): ${list}`);
}

/** The owners to begin with. What an object without any already holds belongs to `before-first-apply`. */
function ownersOfLive(
  kind: TrackedKind,
  tracking: Tracking,
  live: StoredObject | undefined,
  { subresource, time }: ApplyOptions,
): Owners {
  if (!live) return new Map();
  const owners = decodeManagedFields(metadataOf(live).managedFields) ?? new Map();
  if (owners.size > 0) return ownersOfGroup(kind, owners);
  return ownersAfter(tracking, undefined, live, owners, { manager: 'before-first-apply', subresource }, time);
}

/** kubectl may take back what its client-side apply has set, without `force`. */
function resolved(apply: Apply, owners: Owners, tracking: Tracking, live: StoredObject): AppliedOwners {
  const outcome = attempt(apply, owners);
  if (!('conflicts' in outcome)) return outcome;
  const left =
    apply.manager === kubectlManager ? withoutLastApplied(outcome.conflicts, live, tracking) : outcome.conflicts;
  if (left.length > 0) throw conflictError(apply.subresource === 'scale' ? left.map(asScale) : left);
  return resolved({ ...apply, force: true }, owners, tracking, live);
}

/** Beside a Scale, every owner is one of a Scale. */
function asScale(conflict: Conflict): Conflict {
  return { ...conflict, owner: { ...conflict.owner, apiVersion: 'autoscaling/v1' } };
}

/** Removal can leave an item of a list without the keys by which it is found; such an object cannot be compared. */
function attempt(apply: Apply, owners: Owners): ApplyOutcome {
  try {
    return applyOwned(apply, owners);
  } catch (error) {
    if (error instanceof NoElementError) throw badRequest(`failed to compare objects: ${error.message}`);
    throw error;
  }
}
