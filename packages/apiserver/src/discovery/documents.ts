import type { Served } from '../resources/catalog.ts';
import { apiVersionOf } from '../resources/resource.ts';
import type { StoredObject } from '../store/record.ts';
import { type Entry, type GroupEntry, groupEntries, type Kind, type Subresource } from './entries.ts';

/** `/api` or `/apis` as one `APIGroupDiscoveryList` of apidiscovery.k8s.io/v2. */
export function aggregatedDiscovery(served: Served, root: 'api' | 'apis'): StoredObject {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groupEntries(served)
      .filter(({ name }) => (name === '') === (root === 'api'))
      .map(aggregatedGroup),
  };
}

function aggregatedGroup({ name, versions }: GroupEntry): StoredObject {
  return {
    metadata: name === '' ? {} : { name },
    versions: versions.map(({ version, custom, entries }) => ({
      version,
      resources: entries.map((entry) => aggregatedResource(entry, name, version, custom)),
      freshness: 'Current',
    })),
  };
}

function aggregatedResource(entry: Entry, group: string, version: string, custom: boolean): StoredObject {
  const kindOf = (kind: Kind): Kind => (custom ? kind : relative(kind, group, version));
  return {
    resource: entry.resource,
    responseKind: kindOf(entry.kind),
    scope: entry.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: entry.singular,
    verbs: entry.verbs,
    ...(entry.shortNames.length > 0 && { shortNames: entry.shortNames }),
    ...(entry.categories.length > 0 && { categories: entry.categories }),
    ...(entry.subresources.length > 0 && {
      subresources: entry.subresources.map(({ name, kind, verbs }) => ({
        subresource: name,
        responseKind: kindOf(kind),
        verbs,
      })),
    }),
  };
}

// Built-in kinds leave out the group and version that they share with their list.
function relative(kind: Kind, group: string, version: string): Kind {
  return kind.group === group && kind.version === version ? { group: '', version: '', kind: kind.kind } : kind;
}

/** `/api`: versions of the core group. */
export function apiVersions(serverAddress: string): StoredObject {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress }];
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
}

/** `/apis`: every named group. */
export function apiGroupList(served: Served): StoredObject {
  const groups = groupEntries(served).filter(({ name }) => name !== '');
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) };
}

/** `/apis/G`, or undefined where nothing serves the group. */
export function apiGroup(served: Served, name: string): StoredObject | undefined {
  const group = groupEntries(served).find((each) => each.name === name);
  return group && { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) };
}

function groupOf({ name, versions }: GroupEntry): StoredObject {
  const list = versions.map(({ version }) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: list, preferredVersion: list[0] };
}

/** `/api/v1` or `/apis/G/V`, or undefined where nothing serves the version. */
export function apiResourceList(served: Served, group: string, version: string): StoredObject | undefined {
  const entry = groupEntries(served).find((each) => each.name === group);
  const found = entry?.versions.find((each) => each.version === version);
  if (!found) return undefined;
  const groupVersion = apiVersionOf({ group, version });
  const type = group === '' ? { kind: 'APIResourceList' } : { kind: 'APIResourceList', apiVersion: 'v1' };
  return { ...type, groupVersion, resources: found.entries.flatMap((each) => legacyRows(each, group, version)) };
}

function legacyRows(entry: Entry, group: string, version: string): StoredObject[] {
  return [
    legacyResource(entry, group, version),
    ...entry.subresources.map((part) => legacyPart(entry, part, group, version)),
  ];
}

function legacyResource(entry: Entry, group: string, version: string): StoredObject {
  return {
    name: entry.resource,
    singularName: entry.singular,
    namespaced: entry.namespaced,
    ...foreign(entry.kind, group, version),
    kind: entry.kind.kind,
    verbs: entry.verbs,
    ...(entry.shortNames.length > 0 && { shortNames: entry.shortNames }),
    ...(entry.categories.length > 0 && { categories: entry.categories }),
    ...(entry.storageVersionHash !== undefined && { storageVersionHash: entry.storageVersionHash }),
  };
}

function legacyPart(entry: Entry, { name, kind, verbs }: Subresource, group: string, version: string): StoredObject {
  return {
    name: `${entry.resource}/${name}`,
    singularName: '',
    namespaced: entry.namespaced,
    ...foreign(kind, group, version),
    kind: kind.kind,
    verbs,
  };
}

function foreign(kind: Kind, group: string, version: string): Partial<Kind> {
  return kind.group === group && kind.version === version ? {} : { group: kind.group, version: kind.version };
}
