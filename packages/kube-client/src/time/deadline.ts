import type { Clock } from './clock.ts';

/** Aborts its signal when it has not been touched for its time, or with its parent. Always `end` it. */
export class Deadline {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal | undefined;
  readonly #onParent = (): void => this.abort();
  #touchedAt: number;
  #cancel: () => void;
  #expired = false;

  constructor(clock: Clock, ms: number, parent?: AbortSignal) {
    this.#clock = clock;
    this.#ms = ms;
    this.#parent = parent;
    this.#touchedAt = clock.monotonic();
    this.#cancel = clock.schedule(ms, () => this.#check());
    parent?.addEventListener('abort', this.#onParent, { once: true });
    if (parent?.aborted) this.abort();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether it ended by its time, and not by its parent. */
  get expired(): boolean {
    return this.#expired;
  }

  /** Starts its time anew. Cheap enough for every chunk of a stream: the timer looks at the last touch when it fires. */
  touch(): void {
    this.#touchedAt = this.#clock.monotonic();
  }

  /** Ends it, and aborts its signal now. */
  abort(): void {
    this.end();
    this.#controller.abort();
  }

  /** Lets go of timer and parent without aborting. */
  end(): void {
    this.#cancel();
    this.#parent?.removeEventListener('abort', this.#onParent);
  }

  #check(): void {
    const left = this.#touchedAt + this.#ms - this.#clock.monotonic();
    if (left > 0) {
      this.#cancel = this.#clock.schedule(left, () => this.#check());
      return;
    }
    this.#expired = true;
    this.abort();
  }
}
