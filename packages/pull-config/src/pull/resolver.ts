import { isBoundary } from '@pullpath/oci';
import type { RegistriesConf, RegistryEntry } from '../model.ts';

/** A configuration prepared for look-ups whose cost does not grow with its entries. */
export interface Resolver {
  readonly conf: RegistriesConf;
  /** Entries by prefix. */
  readonly plain: ReadonlyMap<string, RegistryEntry>;
  /** The lengths of the shortest and the longest of those prefixes: nothing else need be looked up. */
  readonly shortest: number;
  readonly longest: number;
  /** Entries with a prefix `*.domain`, by `.domain`. */
  readonly wildcards: ReadonlyMap<string, RegistryEntry>;
  /** False when no entry is blocked: then no physical reference need be looked up. */
  readonly anyBlocked: boolean;
}

/** Prepares a configuration. Where two entries have one prefix, the first counts; an empty prefix means the location. */
export function prepareResolver(conf: RegistriesConf): Resolver {
  const plain = new Map<string, RegistryEntry>();
  const wildcards = new Map<string, RegistryEntry>();
  for (const entry of conf.registries) {
    const prefix = prefixOf(entry);
    const [table, key] = prefix.startsWith('*.') ? [wildcards, prefix.slice(1)] : [plain, prefix];
    if (!table.has(key)) table.set(key, entry);
  }
  const lengths = [...plain.keys()].map((prefix) => prefix.length);
  const shortest = lengths.reduce((least, length) => Math.min(least, length), Number.POSITIVE_INFINITY);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  return { conf, plain, shortest, longest, wildcards, anyBlocked: conf.registries.some(({ blocked }) => blocked) };
}

/** The prefix of an entry, or its location where that is empty. */
export function prefixOf({ prefix, location }: RegistryEntry): string {
  return prefix === '' ? location : prefix;
}

/**
 * The entry with the longest matching prefix of `name`, by the rule of `matchPrefix` (containers/image `sysregistriesv2`
 * FindRegistry). Length counts and not exactness: `*.example.com` wins over `a.example.com`, which is as long.
 */
export function findRegistry(resolver: Resolver, name: string): RegistryEntry | undefined {
  const exact = longestPlain(resolver, name);
  if (resolver.wildcards.size === 0) return exact;
  const wildcard = longestWildcard(resolver.wildcards, name);
  if (exact === undefined || wildcard === undefined) return exact ?? wildcard;
  return prefixOf(wildcard).length >= prefixOf(exact).length ? wildcard : exact;
}

function longestPlain({ plain, shortest, longest }: Resolver, name: string): RegistryEntry | undefined {
  for (let end = Math.min(name.length, longest); end >= shortest; end--) {
    const entry = isBoundary(name, end) ? plain.get(name.slice(0, end)) : undefined;
    if (entry) return entry;
  }
  return undefined;
}

/** Tries each `.domain` that ends where the host may end, longest first. It counts only where it stands first in `name`. */
function longestWildcard(wildcards: ReadonlyMap<string, RegistryEntry>, name: string): RegistryEntry | undefined {
  const slash = name.indexOf('/');
  const hostEnd = slash === -1 ? name.length : slash;
  let longest: RegistryEntry | undefined;
  for (let dot = name.indexOf('.'); dot !== -1 && dot < hostEnd; dot = name.indexOf('.', dot + 1)) {
    const domain = name.slice(dot, boundaryAfter(name, dot));
    const entry = wildcards.get(domain);
    if (entry === undefined || name.indexOf(domain) !== dot) continue;
    if (longest === undefined || prefixOf(entry).length > prefixOf(longest).length) longest = entry;
  }
  return longest;
}

function boundaryAfter(name: string, from: number): number {
  let at = from;
  while (!isBoundary(name, at)) at++;
  return at;
}
