import { KubeError } from './kube-error.ts';

export interface InFlightOptions {
  /** The most requests at a time, also the start. */
  readonly most: number;
  /** Successes after which one more is allowed again. */
  readonly successesPerStep: number;
}

/** Control-plane practice: 32 at most, halved when the server is overloaded, one more for each hundred that succeed. */
export const defaultInFlight: InFlightOptions = { most: 32, successesPerStep: 100 };

/** A place among the requests in flight. Give it back once. */
export interface Permit {
  /** `overloaded`: the server answered 429 for lack of capacity. */
  release(outcome: 'ok' | 'overloaded' | 'other'): void;
}

/** Bounds the requests in flight, first come first served, and adapts the bound to what the server bears. */
export class InFlightLimit {
  readonly #options: InFlightOptions;
  readonly #waiting = new Set<() => void>();
  #allowed: number;
  #active = 0;
  #successes = 0;
  #epoch = 0;

  constructor(options: InFlightOptions = defaultInFlight) {
    this.#options = options;
    this.#allowed = options.most;
  }

  /** What is allowed, in use and waited for now. */
  get state(): { readonly allowed: number; readonly active: number; readonly waiting: number } {
    return { allowed: this.#allowed, active: this.#active, waiting: this.#waiting.size };
  }

  /** Waits for a place. Rejects with `kube-cancelled` when the signal is aborted first. */
  async acquire(signal: AbortSignal): Promise<Permit> {
    if (!signal.aborted && this.#active < this.#allowed && this.#waiting.size === 0) this.#active++;
    else await this.#wait(signal);
    return this.#permit();
  }

  async #wait(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.delete(enter);
        reject(new KubeError('kube-cancelled', 'the request was given up while it waited for its turn'));
      };
      if (signal.aborted) return leave();
      this.#waiting.add(enter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  // Only the first refusal of those that were in flight together halves: they tell of one overload.
  #permit(): Permit {
    const epoch = this.#epoch;
    return {
      release: (outcome) => {
        this.#active--;
        if (outcome === 'overloaded' && epoch === this.#epoch) this.#halve();
        if (outcome === 'ok') this.#succeed();
        this.#admit();
      },
    };
  }

  #halve(): void {
    this.#epoch++;
    this.#successes = 0;
    this.#allowed = Math.max(1, Math.floor(this.#allowed / 2));
  }

  #succeed(): void {
    if (++this.#successes < this.#options.successesPerStep) return;
    this.#successes = 0;
    this.#allowed = Math.min(this.#options.most, this.#allowed + 1);
  }

  #admit(): void {
    for (const enter of this.#waiting) {
      if (this.#active >= this.#allowed) return;
      this.#waiting.delete(enter);
      this.#active++;
      enter();
    }
  }
}
