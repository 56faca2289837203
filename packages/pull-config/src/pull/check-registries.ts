import type { Path } from '@pullpath/api';
import { isDomain, quoted } from '@pullpath/oci';
import { compareBytes } from '../formats/go-order.ts';
import type { ConfFault } from '../formats/registries-conf-fault.ts';
import type { MirrorToml, RegistryToml } from '../formats/registries-conf-read.ts';
import { normalizeLocation } from './location.ts';

const pullFromMirrorValues = ['', 'all', 'digest-only', 'tag-only'];

/**
 * Fills in and checks the tables of one file as containers/image does (`sysregistriesv2` postProcessRegistries): prefixes
 * filled in, of equal prefixes the first kept, sorted by prefix. Faults come in the order in which containers/image would
 * meet them; it stops at the first, so any of them means that no image is pulled.
 */
export function checkRegistries(written: readonly RegistryToml[], faults: ConfFault[]): readonly RegistryToml[] {
  const tables = written.map((table) => checkTable(table, faults));
  checkConflicts(tables, faults);
  return firstPerPrefix(tables.filter((table) => canMatch(table, faults)));
}

/** The search list without trailing slashes; every entry must be host[:port]. */
export function checkSearch(list: readonly string[], path: Path, faults: ConfFault[]): readonly string[] {
  return list.map((written, index) => {
    const registry = checkLocation(written, [...path, index], faults);
    if (registry !== undefined && !isDomain(registry))
      faults.push({
        code: 'invalid-search-registry',
        message: `${quoted(written)} in unqualified-search-registries is not host[:port]`,
        path: [...path, index],
        hint: 'every pull on the node fails until it is corrected',
      });
    return registry ?? written;
  });
}

/** Wildcards must be `*.` and a bare domain. Checked after everything else in a file, as upstream does. */
export function checkWildcards(tables: readonly RegistryToml[], faults: ConfFault[]): void {
  for (const { prefix, path } of tables) {
    if (!prefix.startsWith('*.') || !['/', '@', ':'].some((character) => prefix.includes(character))) continue;
    faults.push({
      code: 'invalid-wildcard-prefix',
      message: `wildcard prefix ${quoted(prefix)} has a port, path, tag or digest`,
      path: [...path, 'prefix'],
      expected: '*.example.com',
    });
  }
}

function checkTable(table: RegistryToml, faults: ConfFault[]): RegistryToml {
  const location = checkLocation(table.location, [...table.path, 'location'], faults);
  const prefix = location === undefined ? undefined : checkPrefix(table, location, faults);
  const checked = {
    ...table,
    location: location ?? table.location,
    prefix: prefix ?? (table.prefix || table.location),
  };
  if (table.pullFromMirror !== '')
    faults.push({
      code: 'pull-from-mirror-on-registry',
      message: 'pull-from-mirror belongs to a mirror, not to its registry',
      path: [...table.path, 'pull-from-mirror'],
    });
  return { ...checked, mirrors: table.mirrors.map((mirror) => checkMirror(checked, mirror, faults)) };
}

function checkPrefix(
  { prefix: written, path }: RegistryToml,
  location: string,
  faults: ConfFault[],
): string | undefined {
  if (written === '') {
    if (location === '')
      faults.push({ code: 'location-and-prefix-unset', message: 'a registry needs a location or a prefix', path });
    return location;
  }
  const prefix = checkLocation(written, [...path, 'prefix'], faults);
  if (prefix !== undefined && location === '' && !prefix.startsWith('*.'))
    faults.push({
      code: 'location-unset-prefix-not-wildcard',
      message: `the registry with prefix ${quoted(written)} needs a location`,
      path: [...path, 'prefix'],
      hint: 'only a prefix *.example.com may stand without a location',
    });
  return prefix;
}

function checkMirror(registry: RegistryToml, mirror: MirrorToml, faults: ConfFault[]): MirrorToml {
  const location = checkLocation(mirror.location, [...mirror.path, 'location'], faults);
  if (location === '')
    faults.push({ code: 'mirror-location-unset', message: 'a mirror needs a location', path: mirror.path });
  if (registry.mirrorByDigestOnly && mirror.pullFromMirror !== '')
    faults.push({
      code: 'digest-only-and-pull-from-mirror',
      message: `mirror-by-digest-only of ${quoted(registry.prefix)} and pull-from-mirror of its mirror exclude each other`,
      path: [...mirror.path, 'pull-from-mirror'],
    });
  if (!pullFromMirrorValues.includes(mirror.pullFromMirror))
    faults.push({
      code: 'pull-from-mirror-unsupported',
      message: `pull-from-mirror has the unknown value ${quoted(mirror.pullFromMirror)}`,
      path: [...mirror.path, 'pull-from-mirror'],
      expected: 'all, digest-only or tag-only',
    });
  return { ...mirror, location: location ?? mirror.location };
}

function checkLocation(written: string, path: Path, faults: ConfFault[]): string | undefined {
  const location = normalizeLocation(written);
  if (location.ok) return location.value;
  faults.push({ code: location.code, message: location.message, path, expected: 'host[:port][/path]' });
  return undefined;
}

/** Tables of one location may differ in their prefixes and mirrors, not in insecure or blocked. */
function checkConflicts(tables: readonly RegistryToml[], faults: ConfFault[]): void {
  const groups = new Map<string, RegistryToml[]>();
  for (const table of tables) {
    const place = table.location === '' ? table.prefix : table.location;
    const group = groups.get(place);
    if (group) group.push(table);
    else groups.set(place, [table]);
  }
  for (const [place, [first, ...others]] of groups) if (first) checkGroup(place, first, others, faults);
}

function checkGroup(place: string, first: RegistryToml, others: readonly RegistryToml[], faults: ConfFault[]): void {
  const seen = new Set<string>();
  for (const other of others) {
    for (const field of ['insecure', 'blocked'] as const) {
      if (other[field] === first[field] || seen.has(field)) continue;
      seen.add(field);
      faults.push({
        code: `conflicting-${field}`,
        message: `two tables for ${quoted(place)} differ in ${field}`,
        path: other.path,
        other: { message: 'the other table', path: first.path },
      });
    }
  }
}

// A prefix of slashes only ends up empty after the defaults are filled in, and then matches no reference.
function canMatch({ prefix, location, path }: RegistryToml, faults: ConfFault[]): boolean {
  if (prefix !== '' || location === '') return true;
  const message = 'the prefix matches no reference, so the table has no effect';
  faults.push({ code: 'prefix-matches-nothing', message, path: [...path, 'prefix'], severity: 'warning' });
  return false;
}

function firstPerPrefix(tables: readonly RegistryToml[]): readonly RegistryToml[] {
  const byPrefix = new Map<string, RegistryToml>();
  for (const table of tables) if (!byPrefix.has(table.prefix)) byPrefix.set(table.prefix, table);
  return [...byPrefix.values()].sort((a, b) => compareBytes(a.prefix, b.prefix));
}
