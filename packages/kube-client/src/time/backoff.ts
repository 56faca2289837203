import type { Clock } from './clock.ts';

/** Milliseconds. */
export interface BackoffOptions {
  readonly first: number;
  readonly longest: number;
  /** Without a failure for this long, the next one starts from `first` again. */
  readonly resetAfter: number;
}

/** Of a reflector (client-go `reflector.go`: 0.8 s, doubled to 30 s, jitter of 100 %, reset after two healthy minutes). */
export const reflectorBackoff: BackoffOptions = { first: 800, longest: 30_000, resetAfter: 120_000 };

/** Growing delays with jitter. It never gives up: the delays stop to grow, they do not end. */
export class Backoff {
  readonly #options: BackoffOptions;
  readonly #clock: Clock;
  readonly #random: () => number;
  #delay: number;
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor(options: BackoffOptions, clock: Clock, random: () => number) {
    this.#options = options;
    this.#clock = clock;
    this.#random = random;
    this.#delay = options.first;
  }

  /** The delay after one more failure, between the current step and twice that. */
  next(): number {
    const now = this.#clock.monotonic();
    if (now - this.#failedAt > this.#options.resetAfter) this.#delay = this.#options.first;
    const delay = this.#delay * (1 + this.#random());
    this.#delay = Math.min(this.#delay * 2, this.#options.longest);
    this.#failedAt = now + delay;
    return delay;
  }
}
