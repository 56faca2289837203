import type { Clock } from '../time/clock.ts';
import { TokenBucket } from '../time/token-bucket.ts';

/** How failing keys are slowed down. */
export interface FailureLimits {
  /** Milliseconds after the first failure of a key; doubled with each further one. */
  readonly first: number;
  readonly longest: number;
  /** Failures of all keys together. */
  readonly perSecond: number;
  readonly burst: number;
}

/** client-go `DefaultTypedControllerRateLimiter`: 5 ms doubled up to 1,000 s, and ten in a second with bursts of 100. */
export const defaultFailureLimits: FailureLimits = { first: 5, longest: 1_000_000, perSecond: 10, burst: 100 };

/** Delays of keys that failed. It remembers the keys that have failed since they were last forgotten. */
export class FailureLimiter {
  readonly #limits: FailureLimits;
  readonly #bucket: TokenBucket;
  readonly #failures = new Map<string, number>();

  constructor(limits: FailureLimits, clock: Clock) {
    this.#limits = limits;
    this.#bucket = new TokenBucket(limits.perSecond, limits.burst, clock);
  }

  /** Counts a failure and gives the milliseconds until the key may be tried again. */
  delay(key: string): number {
    const failures = this.failures(key);
    this.#failures.set(key, failures + 1);
    const own = Math.min(this.#limits.first * 2 ** failures, this.#limits.longest);
    return Math.max(own, this.#bucket.reserve());
  }

  /** Failures since the key was forgotten. */
  failures(key: string): number {
    return this.#failures.get(key) ?? 0;
  }

  forget(key: string): void {
    this.#failures.delete(key);
  }
}
