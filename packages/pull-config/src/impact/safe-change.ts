import { registriesConfLines } from './registries-lines.ts';
import { type RawMirror, type RawRegistries, type RawRegistry, readRawRegistries, scopeOf } from './registries-toml.ts';

/** What makes a registries.conf change unsafe, so that the node is drained. */
export type UnsafeKind =
  | 'unreadable'
  | 'search-list'
  | 'registry-removed'
  | 'registry-changed'
  | 'mirror-removed'
  | 'mirror-widened'
  | 'mirror-added'
  | 'registry-added';

/** One reason. `scope` names the `[[registry]]` table, `mirror` the location of the row in it. */
export interface UnsafeChange {
  readonly kind: UnsafeKind;
  readonly message: string;
  readonly scope?: string;
  readonly mirror?: string;
  /** The text in which `line` counts: a removed thing stands in the old one only. */
  readonly side: 'old' | 'new';
  /** 1-based line of the table, the row or the list; absent when it was not found. */
  readonly line?: number;
}

export interface RegistriesConfSafety {
  readonly safe: boolean;
  /** Every reason, not the first; empty when safe. */
  readonly reasons: readonly UnsafeChange[];
}

/**
 * Whether the change from one registries.conf to another needs no drain, and if not every reason why. Absent text is an
 * empty file. Rules: machine-config-operator `isSafeContainerRegistryConfChanges`, with its quirk that a location listed
 * twice under one source is compared with its first row. The order of mirrors and their `insecure` do not count.
 */
export function isSafeRegistriesConfChange(
  oldText: string | undefined,
  newText: string | undefined,
): RegistriesConfSafety {
  const old = readRawRegistries(oldText ?? '');
  const now = readRawRegistries(newText ?? '');
  const reasons = [...unreadable(old, 'old'), ...unreadable(now, 'new')];
  if (reasons.length > 0 || 'error' in old || 'error' in now) return { safe: false, reasons };
  const found = [...searchChanges(old, now), ...registryChanges(old, now)];
  return { safe: found.length === 0, reasons: withLines(found, oldText ?? '', newText ?? '') };
}

function unreadable(read: RawRegistries | { readonly error: string }, side: 'old' | 'new'): UnsafeChange[] {
  if (!('error' in read)) return [];
  return [{ kind: 'unreadable', message: `the ${side} registries.conf cannot be read: ${read.error}`, side }];
}

function searchChanges(old: RawRegistries, now: RawRegistries): UnsafeChange[] {
  if (old.search.every((entry, index) => now.search[index] === entry)) return [];
  const message = 'the list of search registries lost an entry or changed its order';
  return [{ kind: 'search-list', message, side: 'new' }];
}

function registryChanges(old: RawRegistries, now: RawRegistries): UnsafeChange[] {
  const before = byScope(old.registries);
  const after = byScope(now.registries);
  return [
    ...[...before.keys()].filter((scope) => !after.has(scope)).map(registryRemoved),
    ...[...after].flatMap(([scope, registry]) => {
      const previous = before.get(scope);
      return previous === undefined ? addedRegistry(scope, registry) : changedRegistry(scope, previous, registry);
    }),
  ];
}

// The last of two tables with one scope counts, as in the map of the daemon.
function byScope(registries: readonly RawRegistry[]): Map<string, RawRegistry> {
  return new Map(registries.map((registry) => [scopeOf(registry), registry]));
}

function registryRemoved(scope: string): UnsafeChange {
  return { kind: 'registry-removed', message: `${scope} is removed`, scope, side: 'old' };
}

function addedRegistry(scope: string, registry: RawRegistry): UnsafeChange[] {
  const { mirrors, mirrorByDigestOnly } = registry;
  const reason = (message: string, mirror?: string): UnsafeChange[] => [
    { kind: 'registry-added', message, scope, ...(mirror === undefined ? {} : { mirror }), side: 'new' },
  ];
  if (mirrors.length === 0) return mirrorByDigestOnly ? [] : reason(`${scope} is added without a mirror`);
  return mirrors
    .filter(({ pullFromMirror }) => pullFromMirror !== 'digest-only')
    .flatMap((mirror) => reason(`${scope} is added with ${servesKinds(mirror)} ${mirror.location}`, mirror.location));
}

function changedRegistry(scope: string, old: RawRegistry, now: RawRegistry): UnsafeChange[] {
  return [...changedFields(scope, old, now), ...removedMirrors(scope, old, now), ...addedMirrors(scope, old, now)];
}

function changedFields(scope: string, old: RawRegistry, now: RawRegistry): UnsafeChange[] {
  const fields = (['prefix', 'location', 'blocked', 'insecure'] as const).filter((field) => old[field] !== now[field]);
  return fields.map((field) => {
    const message = `${scope} ${becomes(field, now)}`;
    return { kind: 'registry-changed', message, scope, side: 'new' };
  });
}

function becomes(field: 'prefix' | 'location' | 'blocked' | 'insecure', now: RawRegistry): string {
  if (field === 'blocked') return now.blocked ? 'becomes blocked' : 'is no longer blocked';
  if (field === 'insecure') return now.insecure ? 'becomes insecure' : 'is no longer insecure';
  return `gets another ${field}: ${JSON.stringify(now[field])}`;
}

function removedMirrors(scope: string, old: RawRegistry, now: RawRegistry): UnsafeChange[] {
  const kept = new Set(now.mirrors.map(({ location }) => location));
  const gone = new Set(old.mirrors.map(({ location }) => location).filter((location) => !kept.has(location)));
  return [...gone].map((mirror) => {
    return { kind: 'mirror-removed', message: `mirror ${mirror} of ${scope} is removed`, scope, mirror, side: 'old' };
  });
}

function addedMirrors(scope: string, old: RawRegistry, now: RawRegistry): UnsafeChange[] {
  if (sameRegistry(old, now)) return [];
  const firstRows = new Map<string, RawMirror>();
  for (const row of old.mirrors) if (!firstRows.has(row.location)) firstRows.set(row.location, row);
  const rows = now.mirrors.filter(({ pullFromMirror }) => pullFromMirror !== 'digest-only');
  return rows.flatMap((row) => {
    const first = firstRows.get(row.location);
    return first === undefined ? newMirror(scope, row, now) : widenedMirror(scope, first, row, now);
  });
}

function newMirror(scope: string, row: RawMirror, now: RawRegistry): UnsafeChange[] {
  if (now.mirrorByDigestOnly) return [];
  const message = `${servesKinds(row)} ${row.location} of ${scope} is added`;
  return [{ kind: 'mirror-added', message, scope, mirror: row.location, side: 'new' }];
}

function widenedMirror(scope: string, first: RawMirror, row: RawMirror, now: RawRegistry): UnsafeChange[] {
  if (first.pullFromMirror === row.pullFromMirror) return [];
  const keepsFirst = now.mirrors.some(
    ({ location, pullFromMirror }) => location === row.location && pullFromMirror === first.pullFromMirror,
  );
  const message = keepsFirst
    ? `${scope} changes and ${row.location} mirrors both its digests and its tags`
    : `mirror ${row.location} of ${scope} changes from ${kindName(first)} to ${kindName(row)}`;
  return [{ kind: 'mirror-widened', message, scope, mirror: row.location, side: 'new' }];
}

function kindName({ pullFromMirror }: RawMirror): string {
  return pullFromMirror === '' ? 'all' : pullFromMirror;
}

function servesKinds({ pullFromMirror }: RawMirror): string {
  return pullFromMirror === 'tag-only' ? 'tag mirror' : 'mirror';
}

function sameRegistry(old: RawRegistry, now: RawRegistry): boolean {
  return (
    old.mirrorByDigestOnly === now.mirrorByDigestOnly &&
    changedFields('', old, now).length === 0 &&
    old.pullFromMirror === now.pullFromMirror &&
    old.mirrors.length === now.mirrors.length &&
    old.mirrors.every((row, index) => sameRow(row, now.mirrors[index]))
  );
}

function sameRow(row: RawMirror, other: RawMirror | undefined): boolean {
  return (
    row.location === other?.location && row.insecure === other.insecure && row.pullFromMirror === other.pullFromMirror
  );
}

function withLines(reasons: readonly UnsafeChange[], oldText: string, newText: string): UnsafeChange[] {
  if (reasons.length === 0) return [];
  const lines = { old: registriesConfLines(oldText), new: registriesConfLines(newText) };
  return reasons.map((reason) => {
    const { search, lineOf } = lines[reason.side];
    const line = reason.kind === 'search-list' ? search : lineOf(reason.scope ?? '', reason.mirror);
    return line === undefined ? reason : { ...reason, line };
  });
}
