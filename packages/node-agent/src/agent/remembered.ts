import type { Clock } from '@pullpath/kube-client';

interface Entry<T> {
  readonly value: Promise<T>;
  readonly until: number;
}

/** Answers that are asked for once and then known for a while; failures are not kept. The longest unused goes first. */
export class Remembered<T> {
  readonly #clock: Clock;
  readonly #limits: { readonly most: number; readonly ms: number };
  readonly #entries = new Map<string, Entry<T>>();

  constructor(clock: Clock, limits: { readonly most: number; readonly ms: number }) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** The known answer, or the one that is being asked for, or a new one. */
  async get(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#entries.get(key);
    const entry = known && known.until > this.#clock.monotonic() ? known : this.#ask(key, ask);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#limits.most && oldest !== undefined) this.#entries.delete(oldest);
    return entry.value;
  }

  #ask(key: string, ask: () => Promise<T>): Entry<T> {
    const entry = { value: ask(), until: this.#clock.monotonic() + this.#limits.ms };
    entry.value.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    return entry;
  }
}
