import type { Clock } from '@pullpath/kube-client';

const firstDelayMs = 1_000;
const delayMs = 5_000;
const patienceMs = 600_000;
const longDelayMs = 300_000;

/** Since when drains are under way in this process, by what was asked for. */
export class DrainTimes {
  readonly #clock: Clock;
  readonly #began = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds that a drain has gone on; the first question starts it. */
  elapsedMs(drain: string): number {
    const began = this.#began.get(drain) ?? this.#clock.monotonic();
    this.#began.set(drain, began);
    return this.#clock.monotonic() - began;
  }

  /** Whether it has gone on for so long that someone should look. */
  isLate(drain: string): boolean {
    return this.elapsedMs(drain) >= patienceMs;
  }

  /** When to look again: soon at first, every five seconds then, every five minutes after ten (node-config 2.4). */
  againMs(drain: string): number {
    const elapsed = this.elapsedMs(drain);
    if (elapsed < delayMs) return firstDelayMs;
    return elapsed < patienceMs ? delayMs : longDelayMs;
  }

  end(drain: string): void {
    this.#began.delete(drain);
  }
}
