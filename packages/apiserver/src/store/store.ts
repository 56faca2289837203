import { CodedError } from '@pullpath/diagnostics';
import { type Cipher, openCipher } from './cipher.ts';
import { Collection } from './collection.ts';
import { Database, type DurableChange, type DurableLogRow } from './database.ts';
import { damaged } from './faults.ts';
import { History, type HistoryLimits } from './history.ts';
import { makeRecord, readRecord } from './make-record.ts';
import type { CollectionName, EventType, StoredObject, StoredRecord, StoreEvent } from './record.ts';

export interface StoreOptions {
  readonly directory: string;
  readonly history?: Partial<HistoryLimits>;
  /** Collections whose values are encrypted at rest, e.g. Secrets. */
  readonly isSecret?: (collection: CollectionName) => boolean;
  /** Collections whose past is kept in memory only, e.g. leases and events. */
  readonly isVolatile?: (collection: CollectionName) => boolean;
}

/**
 * What a write makes of the newest state of an object (durable or on its way): the next state, `delete`, or `keep` for no
 * change. It runs once, synchronously, so nothing can come between reading and writing; it may throw to refuse.
 */
export type Change = (current: StoredRecord | undefined, revision: number) => StoredObject | 'delete' | 'keep';

export type Listener = (event: StoreEvent) => void;

/**
 * All objects of all logical clusters: state in memory, every change on disk before anyone sees it. Changes of one turn of
 * the event loop share one commit. Revisions rise strictly, across restarts too; a failed commit leaves a gap.
 */
export class Store {
  readonly #database: Database;
  readonly #cipher: Cipher;
  readonly #options: StoreOptions;
  readonly #collections = new Map<CollectionName, Collection>();
  readonly #history: History;
  readonly #listeners = new Map<CollectionName, Set<Listener>>();
  readonly #listenersOfAll = new Set<Listener>();
  readonly #pending: PendingWrite[] = [];
  /** Newest state of objects with a write on its way; what the next write of the same object builds on. */
  readonly #heads = new Map<string, StoredRecord | undefined>();
  readonly #historyEvents: number;
  #visible: number;
  #assigned: number;
  #flushing: NodeJS.Immediate | undefined;
  #closed = false;

  private constructor(options: StoreOptions, database: Database, cipher: Cipher) {
    this.#options = options;
    this.#database = database;
    this.#cipher = cipher;
    this.#visible = this.#assigned = database.revision;
    this.#historyEvents = options.history?.events ?? 20_000;
    this.#history = new History(
      { events: this.#historyEvents, bytes: options.history?.bytes ?? 64 * 2 ** 20 },
      floors(options, database),
    );
    this.#load();
  }

  /** Opens or creates the store of a directory. Throws `CodedError`: `store-in-use`, `store-damaged`, `store-key-wrong`, `store-unusable`. */
  static open(options: StoreOptions): Store {
    const database = Database.open(options.directory);
    try {
      // A state without Secrets needs no certain key, for instance a backup that is opened elsewhere.
      const proof = database.holdsSealed() ? database.meta(keyProof) : undefined;
      const cipher = openCipher(options.directory, proof);
      const store = new Store(options, database, cipher);
      if (proof === undefined) database.setMeta(keyProof, cipher.proof);
      return store;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  get file(): string {
    return this.#database.file;
  }

  /** Revision of the newest durable change; what lists carry. */
  get revision(): number {
    return this.#visible;
  }

  get(collection: CollectionName, key: string): StoredRecord | undefined {
    return this.#collections.get(collection)?.get(key);
  }

  /** Durable objects in key order. */
  list(collection: CollectionName, prefix?: string): StoredRecord[] {
    return this.#collections.get(collection)?.list(prefix) ?? [];
  }

  collectionNames(): CollectionName[] {
    return [...this.#collections.keys()].filter((name) => (this.#collections.get(name)?.size ?? 0) > 0).sort();
  }

  /** State of a collection right after `revision`, or undefined when that past is forgotten. */
  listAt(collection: CollectionName, revision: number, prefix?: string): StoredRecord[] | undefined {
    const later = this.#history.since(collection, revision);
    if (!later || later.some(({ type, previous }) => type !== 'ADDED' && !previous)) return undefined;
    if (later.length === 0) return this.list(collection, prefix);
    const past = this.#collections.get(collection)?.copy() ?? new Collection(collection);
    for (const event of later.reverse()) undo(past, event);
    return past.list(prefix);
  }

  /**
   * Changes one object; resolves when the change is durable and visible, with the new state (or the last one, for a
   * deletion or no change). Rejects with what `change` threw, or with `CodedError` `store-full` or `store-unwritable`.
   */
  write(collection: CollectionName, key: string, change: Change): Promise<StoredRecord | undefined> {
    if (this.#closed) return Promise.reject(new CodedError('store-closed', 'the server is stopping'));
    const head = headName(collection, key);
    const current = this.#heads.has(head) ? this.#heads.get(head) : this.get(collection, key);
    try {
      const outcome = change(current, this.#assigned + 1);
      // A state that is still on its way is only the truth once it is durable.
      if (outcome === 'keep' || (outcome === 'delete' && !current)) return this.#afterPending(current);
      return this.#enqueue(collection, key, current, outcome);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Calls `listener` for each change of a collection from now on, in order, after it is durable. Returns how to stop. */
  subscribe(collection: CollectionName, listener: Listener): () => void {
    const listeners = this.#listeners.get(collection) ?? new Set();
    this.#listeners.set(collection, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** The same for the changes of every collection. */
  subscribeAll(listener: Listener): () => void {
    this.#listenersOfAll.add(listener);
    return () => void this.#listenersOfAll.delete(listener);
  }

  /** Changes after `revision`, or undefined when they are forgotten: the caller must list anew. */
  since(collection: CollectionName, revision: number): StoreEvent[] | undefined {
    return this.#history.since(collection, revision);
  }

  /** Revision given out last, durable or not; a request for anything above it asks for the future. */
  get newestAssigned(): number {
    return this.#assigned;
  }

  backup(target: string): void {
    this.#flush();
    this.#database.backup(target);
  }

  meta(key: string): string | undefined {
    return this.#database.meta(key);
  }

  setMeta(key: string, value: string): void {
    this.#database.setMeta(key, value);
  }

  /** Writes what is pending and lets go of the file. */
  close(): void {
    if (this.#closed) return;
    this.#flush();
    this.#closed = true;
    this.#database.checkpoint();
    this.#database.close();
  }

  #enqueue(
    collection: CollectionName,
    key: string,
    previous: StoredRecord | undefined,
    outcome: StoredObject | 'delete',
  ): Promise<StoredRecord | undefined> {
    const revision = ++this.#assigned;
    const type: EventType = outcome === 'delete' ? 'DELETED' : previous ? 'MODIFIED' : 'ADDED';
    const object = outcome === 'delete' ? (previous as StoredRecord).object : outcome;
    const record = makeRecord(key, revision, object);
    this.#heads.set(headName(collection, key), type === 'DELETED' ? undefined : record);
    return new Promise((resolve, reject) => {
      this.#pending.push({ event: { type, collection, record, previous }, resolve, reject });
      if (this.#pending.length >= largestBatch) this.#flush();
      else this.#flushing ??= setImmediate(() => this.#flush());
    });
  }

  #afterPending(record: StoredRecord | undefined): Promise<StoredRecord | undefined> {
    const last = this.#pending.at(-1);
    if (!last || !record || record.revision <= this.#visible) return Promise.resolve(record);
    return new Promise((resolve, reject) =>
      this.#pending.push({ event: undefined, resolve: () => resolve(record), reject }),
    );
  }

  #flush(): void {
    clearImmediate(this.#flushing);
    this.#flushing = undefined;
    const batch = this.#pending.splice(0);
    const events = batch.flatMap(({ event }) => event ?? []);
    if (batch.length === 0) return;
    try {
      if (events.length > 0)
        this.#database.commit(
          events.map((event) => this.#durable(event)),
          this.#assigned - this.#historyEvents,
        );
    } catch (error) {
      // Every state that was computed on top of the lost ones is in this batch too, so all of them go.
      this.#heads.clear();
      for (const { reject } of batch) reject(error);
      return;
    }
    this.#heads.clear();
    for (const event of events) this.#apply(event);
    for (const { event, resolve } of batch) resolve(event?.record);
    for (const event of events) this.#publish(event);
  }

  #durable({ type, collection, record }: StoreEvent): DurableChange {
    const context = headName(collection, record.key);
    const value = this.#options.isSecret?.(collection) ? this.#cipher.seal(record.bytes, context) : record.bytes;
    return {
      revision: record.revision,
      collection,
      key: record.key,
      type,
      value,
      logged: !this.#options.isVolatile?.(collection),
    };
  }

  #apply(event: StoreEvent): void {
    const collection = this.#collection(event.collection);
    if (event.type === 'DELETED') collection.delete(event.record.key);
    else collection.set(event.record);
    this.#visible = event.record.revision;
    this.#history.add(event);
  }

  #publish(event: StoreEvent): void {
    for (const listener of [...(this.#listeners.get(event.collection) ?? []), ...this.#listenersOfAll]) listener(event);
  }

  #collection(name: CollectionName): Collection {
    const known = this.#collections.get(name) ?? new Collection(name);
    this.#collections.set(name, known);
    return known;
  }

  #load(): void {
    for (const { collection, key, revision, value } of this.#database.rows())
      this.#collection(collection).set(this.#read(collection, key, revision, value));
    for (const row of this.#database.log()) this.#history.add(this.#past(row));
  }

  // The newest change of most objects is their current state: it is kept once.
  #past({ type, collection, key, revision, value }: DurableLogRow): StoreEvent {
    const { name } = this.#collection(collection);
    const record = value ? this.#read(collection, key, revision, value) : this.get(collection, key);
    if (!record) throw damaged(this.#database.file, `the log says more of ${headName(collection, key)} than there is`);
    return { type, collection: name, record };
  }

  #read(collection: CollectionName, key: string, revision: number, value: Uint8Array): StoredRecord {
    const name = headName(collection, key);
    try {
      return readRecord(key, revision, Buffer.from(this.#cipher.open(value, name)));
    } catch {
      // Neither the value nor what a parser says of it belongs into a message: it may be a Secret.
      throw damaged(this.#database.file, `the value of ${name} cannot be read`);
    }
  }
}

interface PendingWrite {
  /** Absent for a write that changed nothing and only waits for what it saw to be durable. */
  readonly event: StoreEvent | undefined;
  readonly resolve: (record: StoredRecord | undefined) => void;
  readonly reject: (error: unknown) => void;
}

const keyProof = 'key-proof';

// More rows per commit stop paying; the first of them would wait for the last.
const largestBatch = 256;

function headName(collection: CollectionName, key: string): string {
  return `${collection} ${key}`;
}

function undo(past: Collection, { type, record, previous }: StoreEvent): void {
  if (type === 'ADDED') past.delete(record.key);
  else if (previous) past.set(previous);
}

// The log starts with the oldest change that is still known; of volatile collections nothing before now is.
function floors(options: StoreOptions, database: Database): (collection: CollectionName) => number {
  const now = database.revision;
  const [oldest] = database.log();
  const logged = oldest ? oldest.revision - 1 : now;
  return (collection) => (options.isVolatile?.(collection) ? now : logged);
}
