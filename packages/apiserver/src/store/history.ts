import type { CollectionName, StoreEvent } from './record.ts';

/** How much of the past is kept for watches that resume. */
export interface HistoryLimits {
  readonly events: number;
  readonly bytes: number;
}

/** The bounded past: the newest changes of every collection, oldest dropped first across all of them. */
export class History {
  readonly #limits: HistoryLimits;
  readonly #all = new Queue<StoreEvent>();
  readonly #byCollection = new Map<CollectionName, { floor: number; events: Queue<StoreEvent> }>();
  readonly #floorOf: (collection: CollectionName) => number;
  #bytes = 0;

  /** `floorOf` gives the newest revision up to which the past of a collection is unknown at the start. */
  constructor(limits: HistoryLimits, floorOf: (collection: CollectionName) => number) {
    this.#limits = limits;
    this.#floorOf = floorOf;
  }

  add(event: StoreEvent): void {
    this.#all.push(event);
    this.#of(event.collection).events.push(event);
    this.#bytes += event.record.bytes.length;
    while (this.#all.length > this.#limits.events || this.#bytes > this.#limits.bytes) this.#dropOldest();
  }

  /** Changes after `revision` in order, or undefined when some of them are forgotten ("too old"). */
  since(collection: CollectionName, revision: number): StoreEvent[] | undefined {
    const { floor, events } = this.#byCollection.get(collection) ?? {
      floor: this.#floorOf(collection),
      events: noEvents,
    };
    if (revision < floor) return undefined;
    return events.after((event) => event.record.revision > revision);
  }

  #of(collection: CollectionName): { floor: number; events: Queue<StoreEvent> } {
    const known = this.#byCollection.get(collection);
    if (known) return known;
    const fresh = { floor: this.#floorOf(collection), events: new Queue<StoreEvent>() };
    this.#byCollection.set(collection, fresh);
    return fresh;
  }

  // Collections see revisions in the same order as the whole, so the oldest of all is the oldest of its collection.
  #dropOldest(): void {
    const oldest = this.#all.shift();
    if (!oldest) return;
    const own = this.#of(oldest.collection);
    own.events.shift();
    own.floor = oldest.record.revision;
    this.#bytes -= oldest.record.bytes.length;
  }
}

/** First in, first out, without moving what stays. */
class Queue<T> {
  #items: T[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    const item = this.#items[this.#head++];
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** The tail from the first item that `isAfter`; items are in order, so a binary search finds it. */
  after(isAfter: (item: T) => boolean): T[] {
    let low = this.#head;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isAfter(this.#items[middle] as T)) high = middle;
      else low = middle + 1;
    }
    return this.#items.slice(low);
  }
}

const noEvents = new Queue<StoreEvent>();
