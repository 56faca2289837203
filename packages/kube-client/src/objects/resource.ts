import type { KubeObject } from './object.ts';

/** What the API serves under one path; `T` is the shape of its objects. */
export interface Resource<T extends KubeObject = KubeObject> {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** The plural, as it stands in paths. */
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** Never set: it carries the type. */
  readonly shape?: T;
}

/** Where in a resource. `name` is left out for the whole collection, `namespace` for all namespaces. */
export interface Place {
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
}

/** `apiVersion` of the objects. */
export function apiVersionOf({ group, version }: Resource): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The path of a collection. Throws for a namespace that no path can hold. */
export function collectionPath(resource: Resource, namespace?: string): string {
  const root = resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  if (!resource.namespaced || namespace === undefined) return `${root}/${resource.plural}`;
  return `${root}/namespaces/${segment(namespace, 'namespace')}/${resource.plural}`;
}

/**
 * The path of one object. Throws when name or namespace is missing: without its name, a deletion of one object would be one
 * of all.
 */
export function objectPath(resource: Resource, { namespace, name, subresource }: Place): string {
  if (resource.namespaced && namespace === undefined) throw new Error(`${resource.plural} need a namespace`);
  const path = `${collectionPath(resource, namespace)}/${segment(name ?? '', 'name')}`;
  return subresource === undefined ? path : `${path}/${segment(subresource, 'subresource')}`;
}

function segment(text: string, what: string): string {
  if (text === '' || text === '.' || text === '..' || text.includes('/'))
    throw new Error(`${JSON.stringify(text)} is no ${what} that a path can hold`);
  return encodeURIComponent(text);
}
