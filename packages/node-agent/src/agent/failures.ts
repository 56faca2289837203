import type { Clock } from '@pullpath/kube-client';
import type { Failure } from '../steps/next-step.ts';

interface Failed extends Failure {
  readonly attempts: number;
  readonly retryAt: number;
}

/** The last change that did not work, and when it is tried again: after a growing wait, or when something else is wanted. */
export class Failures {
  readonly #clock: Clock;
  readonly #firstMs: number;
  #last: Failed | undefined;

  constructor(clock: Clock, firstMs: number) {
    this.#clock = clock;
    this.#firstMs = firstMs;
  }

  /** What failed and is not tried again yet. */
  get current(): Failure | undefined {
    return this.msLeft === undefined ? undefined : this.#last;
  }

  /** Milliseconds until it is tried again; undefined when nothing waits for that. */
  get msLeft(): number | undefined {
    const left = this.#last ? this.#last.retryAt - this.#clock.monotonic() : 0;
    return left > 0 ? left : undefined;
  }

  add({ config, reason }: Failure): void {
    const attempts = this.#last?.config === config ? this.#last.attempts + 1 : 1;
    const wait = Math.min(this.#firstMs * 2 ** (attempts - 1), longestMs);
    this.#last = { config, reason, attempts, retryAt: this.#clock.monotonic() + wait };
  }

  /** Forgets what failed, unless it is still what is wanted. */
  forgetUnless(config: string): void {
    if (this.#last?.config !== config) this.#last = undefined;
  }
}

const longestMs = 600_000;
