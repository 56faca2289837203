import { type KubeObject, keyOf } from '../objects/object.ts';
import type { Change, ChangeCause, ChangeHandler } from './change.ts';
import { type IndexFunction, IndexTable } from './index-table.ts';

export interface StoreOptions<T extends KubeObject> {
  readonly indexes?: Readonly<Record<string, IndexFunction<T>>> | undefined;
  /** Cuts what nobody reads off before an object is kept. */
  readonly transform?: ((object: T) => T) | undefined;
  /** Told of what a handler throws; the store goes on. */
  readonly report: (error: unknown, doing: string) => void;
}

/**
 * The objects of a collection as last seen, found by key and by index, and what changes. Every change is delivered once, in
 * order, with the state before it. Objects are shared: do not change them.
 */
export class ObjectStore<T extends KubeObject> {
  readonly #objects = new Map<string, T>();
  readonly #indexes = new Map<string, IndexTable<T>>();
  readonly #handlers = new Set<ChangeHandler<T>>();
  readonly #transform: (object: T) => T;
  readonly #report: StoreOptions<T>['report'];

  constructor({ indexes = {}, transform = (object) => object, report }: StoreOptions<T>) {
    for (const [name, valuesOf] of Object.entries(indexes)) this.#indexes.set(name, new IndexTable(valuesOf));
    this.#transform = transform;
    this.#report = report;
  }

  get size(): number {
    return this.#objects.size;
  }

  /** By `namespace/name`, or `name` without a namespace. */
  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  list(): T[] {
    return [...this.#objects.values()];
  }

  keys(): string[] {
    return [...this.#objects.keys()];
  }

  /** The objects with this value in an index. Throws for an index that the store was not made with. */
  byIndex(index: string, value: string): T[] {
    const keys = [...this.#index(index).keys(value)];
    return keys.flatMap((key) => this.#objects.get(key) ?? []);
  }

  /** Every value of an index that some object has. */
  indexValues(index: string): string[] {
    return this.#index(index).values();
  }

  /** Calls the handler for every object there is, as added, and from now on for every change. Gives what ends that. */
  onChange(handler: ChangeHandler<T>): () => void {
    for (const object of this.list()) this.#call(handler, { type: 'added', object, cause: 'relist' });
    this.#handlers.add(handler);
    return () => void this.#handlers.delete(handler);
  }

  /** Adds or changes one object, as a watch tells. */
  put(object: T): void {
    this.#put(this.#transform(object), 'watch');
  }

  /** Removes one object, as a watch tells; `object` is its last state. */
  remove(object: T): void {
    this.#remove(keyOf(object), this.#transform(object), false, 'watch');
  }

  /** Takes a whole list: what differs is changed, what is not in it is deleted with its final state unknown. */
  replace(objects: readonly T[]): void {
    const listed = new Set(objects.map(keyOf));
    for (const [key, object] of this.#objects) if (!listed.has(key)) this.#remove(key, object, true, 'relist');
    for (const object of objects) this.#put(this.#transform(object), 'relist');
  }

  /** Delivers every object as updated without a difference. */
  resync(): void {
    for (const object of this.list()) this.#deliver({ type: 'updated', old: object, object, cause: 'resync' });
  }

  // The same name with another uid is another object, of which the deletion was not seen.
  #put(object: T, cause: ChangeCause): void {
    const key = keyOf(object);
    const known = this.#objects.get(key);
    if (known && known.metadata.uid !== object.metadata.uid) this.#remove(key, known, true, cause);
    const old = this.#objects.get(key);
    if (old && isSameVersion(old, object)) return;
    this.#objects.set(key, object);
    this.#reindex(key, old, object);
    this.#deliver(old ? { type: 'updated', old, object, cause } : { type: 'added', object, cause });
  }

  #remove(key: string, object: T, finalStateUnknown: boolean, cause: ChangeCause): void {
    const old = this.#objects.get(key);
    if (!old) return;
    this.#objects.delete(key);
    this.#reindex(key, old, undefined);
    this.#deliver({ type: 'deleted', object, finalStateUnknown, cause });
  }

  #reindex(key: string, old: T | undefined, object: T | undefined): void {
    for (const [name, index] of this.#indexes) {
      try {
        index.move(key, old, object);
      } catch (error) {
        this.#report(error, `index ${key} by ${name}`);
      }
    }
  }

  #deliver(change: Change<T>): void {
    for (const handler of this.#handlers) this.#call(handler, change);
  }

  #call(handler: ChangeHandler<T>, change: Change<T>): void {
    try {
      handler(change);
    } catch (error) {
      this.#report(error, `handle that ${keyOf(change.object)} was ${change.type}`);
    }
  }

  #index(name: string): IndexTable<T> {
    const index = this.#indexes.get(name);
    if (!index) throw new Error(`the store has no index ${JSON.stringify(name)}`);
    return index;
  }
}

function isSameVersion(one: KubeObject, other: KubeObject): boolean {
  const version = one.metadata.resourceVersion;
  return version !== undefined && version === other.metadata.resourceVersion;
}

/** Drops who owns which field: a third of most objects, and no reader of a cache needs it. */
export function withoutManagedFields<T extends KubeObject>(object: T): T {
  if (object.metadata.managedFields === undefined) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
