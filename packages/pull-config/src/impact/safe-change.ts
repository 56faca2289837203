import type { Origin } from '@pullpath/api';
import { readRegistriesConf } from '../formats/registries-conf-read.ts';
import type { Dialect, Mirror, RegistriesConf, RegistryEntry } from '../model.ts';
import { prefixOf } from '../pull/resolver.ts';

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
  /** What says so: of something that is removed, what said so before. Lines of the file, or the rules behind them. */
  readonly origins: readonly Origin[];
}

export interface RegistriesConfSafety {
  readonly safe: boolean;
  /** Every reason, not the first; empty when safe. */
  readonly reasons: readonly UnsafeChange[];
}

/**
 * Whether the change from one text of registries.conf to another needs no drain, and if not every reason why; origins are
 * lines of the two texts. Absent text is an empty file; text that is no TOML is unsafe.
 */
export function isSafeRegistriesConfChange(
  oldText: string | undefined,
  newText: string | undefined,
  dialect: Dialect = '4.19',
): RegistriesConfSafety {
  const old = readRegistriesConf({ file: 'registries.conf (before)', text: oldText ?? '' });
  const now = readRegistriesConf({ file: 'registries.conf (after)', text: newText ?? '' });
  if (old.value && now.value) return registriesConfSafety(old.value, now.value, dialect);
  const faults = [...old.diagnostics, ...now.diagnostics];
  return { safe: false, reasons: faults.map(({ message }) => ({ kind: 'unreadable', message, origins: [] })) };
}

/**
 * The same for configurations in memory. Rules: machine-config-operator `isSafeContainerRegistryConfChanges`, with its
 * quirk that a location listed twice under one source is compared with its first row. The order of mirrors, their
 * `insecure`, and `blocked` or `insecure` of a new entry with digest mirrors do not count. Up to 4.12 the daemon looks at
 * `mirror-by-digest-only` of the registry instead, whose every change is unsafe.
 */
export function registriesConfSafety(
  old: RegistriesConf,
  now: RegistriesConf,
  dialect: Dialect = '4.19',
): RegistriesConfSafety {
  const [before, after] = [old, now].map(({ registries }) => byScope(registries, dialect));
  const reasons = [...searchChanges(old, now), ...registryChanges(before ?? new Map(), after ?? new Map())];
  return { safe: reasons.length === 0, reasons };
}

function searchChanges(old: RegistriesConf, now: RegistriesConf): UnsafeChange[] {
  const list = now.searchRegistries ?? [];
  if ((old.searchRegistries ?? []).every((entry, index) => list[index] === entry)) return [];
  const message = 'the list of search registries loses an entry or changes its order';
  return [{ kind: 'search-list', message, origins: [] }];
}

type Entries = ReadonlyMap<string, ComparedEntry>;

/** An entry as the daemon compares it; `digestOnly` counts up to 4.12 only. */
interface ComparedEntry extends RegistryEntry {
  readonly digestOnly: boolean;
}

function registryChanges(before: Entries, after: Entries): UnsafeChange[] {
  const removed = [...before].filter(([scope]) => !after.has(scope));
  return [
    ...removed.map(([scope, { origins }]) => registryRemoved(scope, origins)),
    ...[...after].flatMap(([scope, entry]) => {
      const previous = before.get(scope);
      return previous === undefined ? addedRegistry(scope, entry) : changedRegistry(scope, previous, entry);
    }),
  ];
}

// The last of two tables with one scope counts, as in the map of the daemon.
function byScope(registries: readonly RegistryEntry[], dialect: Dialect): Entries {
  return new Map(registries.map((entry) => [prefixOf(entry), compared(entry, dialect)]));
}

function compared(entry: RegistryEntry, dialect: Dialect): ComparedEntry {
  if (dialect !== '4.12') return { ...entry, digestOnly: false };
  const pullFromMirror = entry.mirrorByDigestOnly ? 'digest-only' : '';
  const mirrors = entry.mirrors.map((row) => ({ ...row, pullFromMirror }) as const);
  return { ...entry, mirrors, digestOnly: entry.mirrorByDigestOnly };
}

function registryRemoved(scope: string, origins: readonly Origin[]): UnsafeChange {
  return { kind: 'registry-removed', message: `${scope} is removed`, scope, origins };
}

// Upstream asks `mirror-by-digest-only` of an entry without mirrors only.
function addedRegistry(
  scope: string,
  { mirrors, mirrorByDigestOnly, origins, blocked }: RegistryEntry,
): UnsafeChange[] {
  const kind = 'registry-added';
  if (mirrors.length === 0 && !mirrorByDigestOnly) {
    const message = `${scope} is added ${blocked ? 'as blocked' : 'without a mirror'}`;
    return [{ kind, message, scope, origins }];
  }
  const rows = mirrors.filter(({ pullFromMirror }) => pullFromMirror !== 'digest-only');
  return rows.map((row) => {
    const message = `${scope} is added with ${mirrorName(row)} ${row.location}`;
    return { kind, message, scope, mirror: row.location, origins: row.origins };
  });
}

function changedRegistry(scope: string, old: ComparedEntry, now: ComparedEntry): UnsafeChange[] {
  return [...changedFields(scope, old, now), ...removedMirrors(scope, old, now), ...addedMirrors(scope, old, now)];
}

const fields = ['prefix', 'location', 'blocked', 'insecure', 'digestOnly'] as const;

function changedFields(scope: string, old: ComparedEntry, now: ComparedEntry): UnsafeChange[] {
  return fields
    .filter((field) => old[field] !== now[field])
    .map((field) => {
      const message = `${scope} ${becomes(field, now)}`;
      return { kind: 'registry-changed', message, scope, origins: now.origins };
    });
}

function becomes(field: (typeof fields)[number], now: ComparedEntry): string {
  if (field === 'digestOnly') return `sets mirror-by-digest-only to ${now.digestOnly}`;
  if (field === 'blocked') return now.blocked ? 'becomes blocked' : 'is no longer blocked';
  if (field === 'insecure') return now.insecure ? 'becomes insecure' : 'is no longer insecure';
  return `gets another ${field}: ${JSON.stringify(now[field])}`;
}

function removedMirrors(scope: string, old: ComparedEntry, now: ComparedEntry): UnsafeChange[] {
  const kept = new Set(now.mirrors.map(({ location }) => location));
  const gone = new Map(old.mirrors.filter(({ location }) => !kept.has(location)).map((row) => [row.location, row]));
  return [...gone].map(([mirror, { origins }]) => {
    return { kind: 'mirror-removed', message: `mirror ${mirror} of ${scope} is removed`, scope, mirror, origins };
  });
}

function addedMirrors(scope: string, old: ComparedEntry, now: ComparedEntry): UnsafeChange[] {
  if (isSameEntry(old, now)) return [];
  const firstRows = new Map([...old.mirrors].reverse().map((row) => [row.location, row]));
  const rows = now.mirrors.filter(({ pullFromMirror }) => pullFromMirror !== 'digest-only');
  return rows.flatMap((row) => {
    const first = firstRows.get(row.location);
    return first === undefined ? newMirror(scope, row, now) : widenedMirror(scope, first, row, now);
  });
}

function newMirror(scope: string, row: Mirror, now: RegistryEntry): UnsafeChange[] {
  if (now.mirrorByDigestOnly) return [];
  const message = `${mirrorName(row)} ${row.location} of ${scope} is added`;
  return [{ kind: 'mirror-added', message, scope, mirror: row.location, origins: row.origins }];
}

function widenedMirror(scope: string, first: Mirror, row: Mirror, now: RegistryEntry): UnsafeChange[] {
  if (first.pullFromMirror === row.pullFromMirror) return [];
  const keepsFirst = now.mirrors.some(
    ({ location, pullFromMirror }) => location === row.location && pullFromMirror === first.pullFromMirror,
  );
  const message = keepsFirst
    ? `${scope} changes and ${row.location} mirrors both its digests and its tags`
    : `mirror ${row.location} of ${scope} changes from ${kindName(first)} to ${kindName(row)}`;
  return [{ kind: 'mirror-widened', message, scope, mirror: row.location, origins: row.origins }];
}

function mirrorName({ pullFromMirror }: Mirror): string {
  return pullFromMirror === 'tag-only' ? 'tag mirror' : 'mirror';
}

function kindName({ pullFromMirror }: Mirror): string {
  return pullFromMirror === '' ? 'all' : pullFromMirror;
}

function isSameEntry(old: ComparedEntry, now: ComparedEntry): boolean {
  return (
    old.mirrorByDigestOnly === now.mirrorByDigestOnly &&
    fields.every((field) => old[field] === now[field]) &&
    old.mirrors.length === now.mirrors.length &&
    old.mirrors.every((row, index) => isSameRow(row, now.mirrors[index]))
  );
}

function isSameRow(row: Mirror, other: Mirror | undefined): boolean {
  return (
    row.location === other?.location && row.insecure === other.insecure && row.pullFromMirror === other.pullFromMirror
  );
}
