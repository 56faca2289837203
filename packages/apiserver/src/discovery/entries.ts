import { createHash } from 'node:crypto';
import { isCustom, isDeletedSingly, type Served } from '../resources/catalog.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import type { ResourceDefinition } from '../resources/resource.ts';

/** One resource as discovery shows it, in any of its forms. */
export interface Entry {
  readonly resource: string;
  readonly singular: string;
  readonly namespaced: boolean;
  readonly kind: Kind;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** Absent for what is never stored. */
  readonly storageVersionHash?: string;
  readonly subresources: readonly Subresource[];
}

export interface Subresource {
  readonly name: string;
  readonly kind: Kind;
  readonly verbs: readonly string[];
}

export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export interface GroupEntry {
  readonly name: string;
  readonly versions: readonly {
    readonly version: string;
    readonly custom: boolean;
    readonly entries: readonly Entry[];
  }[];
}

const known = new WeakMap<Served, readonly GroupEntry[]>();

/** Groups in the order in which they are served, each with its preferred version first; worked out once. */
export function groupEntries(served: Served): readonly GroupEntry[] {
  const entries = known.get(served) ?? buildGroups(served);
  known.set(served, entries);
  return entries;
}

function buildGroups({ resources, endpoints }: Served): GroupEntry[] {
  const all = [...resources, ...endpoints];
  const groups = new Map(all.map(({ group }) => [group, new Set<string>()]));
  for (const { group, version } of all) groups.get(group)?.add(version);
  return [...groups].map(([name, versions]) => ({
    name,
    versions: [...versions].map((version) => {
      const own = resources.filter((each) => each.group === name && each.version === version);
      const others = endpoints.filter((each) => each.group === name && each.version === version);
      return { version, custom: own.some(isCustom), entries: entriesOf(own, others) };
    }),
  }));
}

function entriesOf(resources: readonly ResourceDefinition[], endpoints: readonly Endpoint[]): Entry[] {
  const stored = resources.map((resource) => resourceEntry(resource, endpoints));
  const virtual = endpoints.filter(({ subresource }) => subresource === '').map(endpointEntry);
  return [...stored, ...virtual].sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

const customVerbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const builtinVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const terminatingVerbs = ['delete', 'deletecollection', 'get', 'list', 'watch'];
const partVerbs = ['get', 'patch', 'update'];

function resourceEntry(of: ResourceDefinition, endpoints: readonly Endpoint[]): Entry {
  const kind = { group: of.group, version: of.version, kind: of.kind };
  const own = endpoints.filter(({ resource, subresource }) => resource === of.resource && subresource !== '');
  const parts: Subresource[] = [
    ...(of.statusSubresource ? [{ name: 'status', kind, verbs: partVerbs }] : []),
    ...(of.scale ? [{ name: 'scale', kind: scaleKind, verbs: partVerbs }] : []),
    ...own.map((endpoint) => ({ name: endpoint.subresource, kind: endpoint.kind, verbs: endpoint.verbs })),
  ];
  return {
    resource: of.resource,
    singular: of.singular,
    namespaced: of.namespaced,
    kind,
    verbs: verbsOf(of),
    shortNames: of.shortNames,
    categories: of.categories,
    storageVersionHash: storageVersionHash({ ...kind, version: of.storageVersion ?? of.version }),
    // Built-in kinds list their parts by name.
    subresources: isCustom(of) ? parts : parts.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

const scaleKind: Kind = { group: 'autoscaling', version: 'v1', kind: 'Scale' };

function verbsOf(of: ResourceDefinition): readonly string[] {
  if (of.terminating) return terminatingVerbs;
  if (isCustom(of)) return customVerbs;
  return isDeletedSingly(of) ? builtinVerbs.filter((verb) => verb !== 'deletecollection') : builtinVerbs;
}

function endpointEntry({ resource, singular, namespaced, kind, verbs }: Endpoint): Entry {
  return { resource, singular, namespaced, kind, verbs, shortNames: [], categories: [], subresources: [] };
}

/** Source: apiserver `discovery.StorageVersionHash`. */
function storageVersionHash({ group, version, kind }: Kind): string {
  return createHash('sha256').update(`${group}/${version}/${kind}`).digest().subarray(0, 8).toString('base64');
}
