/** An object as the API knows it: plain JSON, never changed in place. */
export type StoredObject = Readonly<Record<string, unknown>>;

/**
 * Names every object of one resource in one logical cluster, e.g. `root/config.openshift.io/imagetagmirrorsets`. Objects in
 * it are keyed `<namespace>/<name>`, or `<name>` where the resource is cluster-scoped.
 */
export type CollectionName = string;

/** One live object. `bytes` is its JSON, serialised once and shared by every answer that needs it. */
export interface StoredRecord {
  readonly key: string;
  readonly revision: number;
  readonly object: StoredObject;
  readonly bytes: Buffer;
}

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One change, in revision order. For `DELETED`, `record` is the last state under the revision of the deletion. */
export interface StoreEvent {
  readonly type: EventType;
  readonly collection: CollectionName;
  readonly record: StoredRecord;
  /** State before; absent for `ADDED`, and for changes from before a restart, whose old state is not kept. */
  readonly previous?: StoredRecord | undefined;
}
