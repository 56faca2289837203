/** An object of a test API server. */
export interface StoredObject {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string | undefined;
    readonly uid?: string | undefined;
    readonly resourceVersion?: string | undefined;
    readonly [other: string]: unknown;
  };
  readonly [other: string]: unknown;
}

export interface HistoryEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly path: string;
  readonly object: StoredObject;
  readonly revision: number;
}

/** Objects by path, all of one history with one revision for every change. */
export class ObjectHistory {
  readonly #objects = new Map<string, StoredObject>();
  readonly #listeners = new Set<(event: HistoryEvent) => void>();
  #events: HistoryEvent[] = [];
  #compacted = 0;
  revision = 1;

  get(path: string): StoredObject | undefined {
    return this.#objects.get(path);
  }

  /** Of a collection, or of all namespaces, by path. */
  list(isInside: (path: string) => boolean): StoredObject[] {
    const found = [...this.#objects].filter(([path]) => isInside(path));
    return found.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, object]) => object);
  }

  put(path: string, object: StoredObject): StoredObject {
    const before = this.#objects.get(path);
    const revision = ++this.revision;
    const metadata = {
      ...object.metadata,
      uid: before?.metadata.uid ?? `uid-${revision}`,
      resourceVersion: `${revision}`,
    };
    const stored = { ...object, metadata };
    this.#objects.set(path, stored);
    this.#happen({ type: before ? 'MODIFIED' : 'ADDED', path, object: stored, revision });
    return stored;
  }

  remove(path: string): StoredObject | undefined {
    const before = this.#objects.get(path);
    if (!before) return undefined;
    const revision = ++this.revision;
    const object = { ...before, metadata: { ...before.metadata, resourceVersion: `${revision}` } };
    this.#objects.delete(path);
    this.#happen({ type: 'DELETED', path, object, revision });
    return object;
  }

  /** Changes after a revision; undefined when they are not kept. */
  since(revision: number): readonly HistoryEvent[] | undefined {
    if (revision < this.#compacted) return undefined;
    return this.#events.filter((event) => event.revision > revision);
  }

  /** Forgets all changes so far. */
  compact(): void {
    this.#compacted = this.revision;
    this.#events = [];
  }

  /** Goes on from an earlier revision, as after the restore of a backup. */
  rewind(revision: number): void {
    this.revision = revision;
    this.compact();
  }

  subscribe(listener: (event: HistoryEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #happen(event: HistoryEvent): void {
    this.#events.push(event);
    for (const listener of this.#listeners) listener(event);
  }
}
