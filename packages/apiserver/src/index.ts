export type { CollectionName, EventType, StoredObject, StoredRecord, StoreEvent } from './store/record.ts';
export type { Change, Listener, StoreOptions } from './store/store.ts';
export { Store } from './store/store.ts';
