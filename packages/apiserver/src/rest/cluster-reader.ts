import type { GroupResource } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import type { Store } from '../store/store.ts';
import { collectionOf, keyOf } from './address.ts';

/** Reads the durable objects of one logical cluster. */
export interface ClusterReader {
  /** Undefined where there is none; `namespace` is empty for cluster-scoped resources. */
  get(resource: GroupResource, namespace: string, name: string): StoredObject | undefined;
  /** In key order; an empty namespace lists all. */
  list(resource: GroupResource, namespace?: string): readonly StoredObject[];
}

export function clusterReader(store: Store, cluster: string): ClusterReader {
  return {
    get: (resource, namespace, name) => store.get(collectionOf(resource, cluster), keyOf({ namespace, name }))?.object,
    list: (resource, namespace = '') =>
      store.list(collectionOf(resource, cluster), namespace === '' ? '' : `${namespace}/`).map(({ object }) => object),
  };
}
