interface Entry {
  readonly key: string;
  readonly readyAt: number;
  /** Breaks ties in the order of arrival. */
  readonly order: number;
}

/** Keys by the time when they are ready. A key is in it once, with the earliest time it was added with. */
export class DelayHeap {
  readonly #heap: Entry[] = [];
  readonly #places = new Map<string, number>();
  #order = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** When the first key is ready. */
  get nextAt(): number | undefined {
    return this.#heap[0]?.readyAt;
  }

  add(key: string, readyAt: number): void {
    const place = this.#places.get(key);
    const known = place === undefined ? undefined : this.#heap[place];
    if (known && known.readyAt <= readyAt) return;
    const entry = { key, readyAt, order: this.#order++ };
    this.#put(place ?? this.#heap.length, entry);
    this.#rise(this.#places.get(key) as number);
  }

  /** Takes the first key that is ready by `now`. */
  takeReady(now: number): string | undefined {
    const first = this.#heap[0];
    if (!first || first.readyAt > now) return undefined;
    const last = this.#heap.pop() as Entry;
    this.#places.delete(first.key);
    if (last !== first) {
      this.#put(0, last);
      this.#sink(0);
    }
    return first.key;
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(from: number): void {
    for (let at = from; ; ) {
      const left = 2 * at + 1;
      const right = left + 1;
      const child = right < this.#heap.length && this.#isBefore(right, left) ? right : left;
      if (child >= this.#heap.length || !this.#isBefore(child, at)) return;
      this.#swap(at, child);
      at = child;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [first, second] = [this.#heap[one] as Entry, this.#heap[other] as Entry];
    return first.readyAt === second.readyAt ? first.order < second.order : first.readyAt < second.readyAt;
  }

  #swap(one: number, other: number): void {
    const first = this.#heap[one] as Entry;
    this.#put(one, this.#heap[other] as Entry);
    this.#put(other, first);
  }

  #put(at: number, entry: Entry): void {
    this.#heap[at] = entry;
    this.#places.set(entry.key, at);
  }
}
