import { Fifo } from './fifo.ts';

/** `low` is for work that nobody waits for, like a resync. */
export type Priority = 'normal' | 'low';

/** Keys that wait, each once: those of normal priority before those of low, and first come first served among equals. */
export class PriorityLanes {
  readonly #lanes: Readonly<Record<Priority, Fifo<string>>> = { normal: new Fifo(), low: new Fifo() };
  readonly #waiting = new Map<string, { readonly priority: Priority; readonly since: number }>();

  /** Keys that wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Entries of both lanes, also those that are left behind; at most twice the keys and a constant. */
  get entries(): number {
    return this.#lanes.normal.length + this.#lanes.low.length;
  }

  /** Adds a key at a time. False when it waits already; one that waits with low priority moves forward for normal. */
  add(key: string, priority: Priority, now: number): boolean {
    const known = this.#waiting.get(key);
    if (known && (known.priority === priority || priority === 'low')) return false;
    // What stays behind in the other lane is passed over when its turn comes, or dropped when there is too much of it.
    this.#waiting.set(key, { priority, since: known?.since ?? now });
    this.#lanes[priority].push(key);
    if (this.entries > 2 * this.size + slack) this.#dropLeftBehind();
    return known === undefined;
  }

  /** Takes the next key, with the time when it was added. */
  take(): { readonly key: string; readonly since: number } | undefined {
    const key = this.#next('normal') ?? this.#next('low');
    const waiting = key === undefined ? undefined : this.#waiting.get(key);
    if (key === undefined || !waiting) return undefined;
    this.#waiting.delete(key);
    return { key, since: waiting.since };
  }

  #next(lane: Priority): string | undefined {
    let key = this.#lanes[lane].shift();
    while (key !== undefined && this.#waiting.get(key)?.priority !== lane) key = this.#lanes[lane].shift();
    return key;
  }

  #dropLeftBehind(): void {
    for (const lane of ['normal', 'low'] as const) {
      const kept = new Set<string>();
      this.#lanes[lane].retain((key) => {
        if (this.#waiting.get(key)?.priority !== lane || kept.has(key)) return false;
        kept.add(key);
        return true;
      });
    }
  }
}

const slack = 64;
