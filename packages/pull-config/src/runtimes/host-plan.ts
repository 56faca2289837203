import { isRegistry, matchPrefix } from '@pullpath/oci';
import type { Mirror, RegistryEntry } from '../model.ts';
import { findRegistry, prefixOf, type Resolver } from '../pull/resolver.ts';
import { groupBy } from './group-by.ts';

/** What the rules ask for on one registry host: the view of every runtime whose configuration is per host. */
export interface HostPlan {
  /** `host[:port]`, or `*` for every host that has no plan of its own. */
  readonly host: string;
  /** Parts of the host with rules of their own, the deepest first; the last one is the rest of the host. */
  readonly regions: readonly Region[];
}

/** The repositories of a host that one registries.conf table decides (its longest match), or that none does. */
export interface Region {
  readonly host: string;
  /** The repository path below which the region lies; empty for the rest of the host. */
  readonly path: string;
  /** Absent where no table matches: there the source alone is asked. */
  readonly entry?: RegistryEntry | undefined;
  /** The mirrors of the table, one per location, in order. */
  readonly wants: readonly Want[];
}

/** A mirror that a region asks for. */
export interface Want {
  readonly location: string;
  readonly host: string;
  readonly path: string;
  readonly insecure: boolean;
  readonly tag: boolean;
  readonly digest: boolean;
  readonly mirrors: readonly Mirror[];
}

/** The host of `*.domain` tables, and of whatever has no plan. */
export const anyHost = '*';

/**
 * Splits a registries.conf by host: concrete hosts ascending by bytes, then `*` when there are `*.domain` tables.
 * `more` names hosts that get a plan as soon as any table reaches them.
 */
export function planHosts(resolver: Resolver, more: readonly string[] = []): HostPlan[] {
  const entries = [...resolver.plain.values()].filter(canMatch);
  const byHost = groupBy(entries, (entry) => splitLocation(prefixOf(entry)).host);
  const hosts = new Set([...byHost.keys(), ...more.filter((host) => findRegistry(resolver, host))]);
  const plans = [...hosts].sort(byBytes).map((host) => planHost(host, byHost.get(host) ?? [], resolver));
  return resolver.wildcards.size === 0 ? plans : [...plans, planRest([...resolver.wildcards.values()])];
}

/**
 * False for a table that no pull reaches: references are normalized before the lookup and carry neither tag nor digest
 * (node-config 3.2), so a scope with a tag, of `index.docker.io` or without a registry host never matches.
 */
export function canMatch(entry: RegistryEntry): boolean {
  const { host, path } = splitLocation(prefixOf(entry));
  return isRegistry(host) && host !== 'index.docker.io' && !path.includes(':') && !path.includes('@');
}

/** `host[:port]/path` cut at the first slash. */
export function splitLocation(location: string): { readonly host: string; readonly path: string } {
  const slash = location.indexOf('/');
  return slash === -1
    ? { host: location, path: '' }
    : { host: location.slice(0, slash), path: location.slice(slash + 1) };
}

/** Order by code units: for host and path grammar, which is ASCII, the order of bytes. */
export function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function planHost(host: string, entries: readonly RegistryEntry[], resolver: Resolver): HostPlan {
  const nested = entries
    .map((entry) => regionOf(host, splitLocation(prefixOf(entry)).path, entry))
    .filter(({ path }) => path !== '')
    .sort(deepestFirst);
  return { host, regions: [...nested, restOf(host, findRegistry(resolver, host))] };
}

/** A table for `example.com` or `*.com` reaches `example.com:5000` too; the port is then carried over to its mirrors. */
function restOf(host: string, entry: RegistryEntry | undefined): Region {
  const port = entry ? host.slice(matchPrefix(host, prefixOf(entry))) : '';
  if (!entry || port === '') return regionOf(host, '', entry);
  const mirrors = entry.mirrors.filter(({ location }) => isPortless(location));
  const ported = mirrors.map((mirror) => ({ ...mirror, location: mirror.location + port }));
  return { ...regionOf(host, '', entry), wants: wantsOf({ ...entry, mirrors: ported }) };
}

// With a port or a path before the carried port the mirror is no reference, and containers/image asks nobody.
function isPortless(location: string): boolean {
  return !location.includes('/') && !location.includes(':');
}

/** All `*.domain` tables share the runtime's one default; the hosts that none of them names share it too. */
function planRest(wildcards: readonly RegistryEntry[]): HostPlan {
  const regions = wildcards.map((entry) => regionOf(anyHost, '', entry)).sort(longestScopeFirst);
  return { host: anyHost, regions: [...regions, regionOf(anyHost, '', undefined)] };
}

function deepestFirst(a: Region, b: Region): number {
  return b.path.length - a.path.length || byBytes(a.path, b.path);
}

function longestScopeFirst(a: Region, b: Region): number {
  const [left, right] = [a, b].map(({ entry }) => (entry ? prefixOf(entry) : '')) as [string, string];
  return right.length - left.length || byBytes(left, right);
}

function regionOf(host: string, path: string, entry: RegistryEntry | undefined): Region {
  return { host, path, entry, wants: entry ? wantsOf(entry) : [] };
}

function wantsOf(entry: RegistryEntry): Want[] {
  const rows = groupBy(entry.mirrors, ({ location }) => location);
  return [...rows].map(([location, mirrors]) => wantOf(location, mirrors, entry.mirrorByDigestOnly));
}

function wantOf(location: string, mirrors: readonly Mirror[], digestOnly: boolean): Want {
  return {
    ...splitLocation(location),
    location,
    mirrors,
    insecure: mirrors.some(({ insecure }) => insecure),
    tag: !digestOnly && mirrors.some(({ pullFromMirror }) => pullFromMirror !== 'digest-only'),
    digest: mirrors.some(({ pullFromMirror }) => pullFromMirror !== 'tag-only'),
  };
}
