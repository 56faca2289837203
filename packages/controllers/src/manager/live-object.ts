import { apiVersionOf, type KubeObject, type ObjectMeta, type Resource } from '@pullpath/kube-client';

/** An object as it lies in a cache: with apiVersion and kind, which the items of a list lack, and without managedFields. */
export interface LiveObject extends KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta & { readonly name: string; readonly [key: string]: unknown };
  readonly spec?: unknown;
  readonly status?: unknown;
  readonly [key: string]: unknown;
}

/** Adds what the items of a list lack. */
export function withKind<T extends KubeObject>(resource: Resource<T>, object: T): T {
  if (object.kind !== undefined && object.apiVersion !== undefined) return object;
  return { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind };
}
