import { apiVersionOf, type ResourceDefinition } from '../resources/resource.ts';
import type { StoredObject } from '../store/record.ts';
import type { Address } from './address.ts';

/** What the URL says of an object's metadata. */
export function identityOf(
  resource: ResourceDefinition,
  { namespace, name }: Address,
): { name: string; namespace: string | undefined } {
  return { name, namespace: resource.namespaced ? namespace : undefined };
}

/** apiVersion, kind and metadata come first, as every client prints them. */
export function ordered(resource: ResourceDefinition, object: StoredObject): StoredObject {
  const { apiVersion: _version, kind: _kind, metadata, ...rest } = object;
  return { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata, ...rest };
}
