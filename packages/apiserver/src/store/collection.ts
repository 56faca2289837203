import type { CollectionName, StoredRecord } from './record.ts';

/** The live objects of one collection, listed in key order without sorting more often than names come and go. */
export class Collection {
  /** The one text of this name: there are as many records and events of it as objects. */
  readonly name: CollectionName;
  readonly #records = new Map<string, StoredRecord>();
  #sorted: string[] | undefined = [];

  constructor(name: CollectionName) {
    this.name = name;
  }

  get size(): number {
    return this.#records.size;
  }

  get(key: string): StoredRecord | undefined {
    return this.#records.get(key);
  }

  set(record: StoredRecord): void {
    if (!this.#records.has(record.key)) this.#sorted = undefined;
    this.#records.set(record.key, record);
  }

  delete(key: string): void {
    if (this.#records.delete(key)) this.#sorted = undefined;
  }

  /** In key order; only keys that start with `prefix` (a namespace and its slash). */
  list(prefix = ''): StoredRecord[] {
    this.#sorted ??= [...this.#records.keys()].sort(byCodeUnits);
    const keys = prefix === '' ? this.#sorted : this.#sorted.filter((key) => key.startsWith(prefix));
    return keys.map((key) => this.#records.get(key) as StoredRecord);
  }

  copy(): Collection {
    const copy = new Collection(this.name);
    for (const record of this.#records.values()) copy.set(record);
    return copy;
  }
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
