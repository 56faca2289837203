import type { Clock } from '@pullpath/kube-client';

/**
 * Slows the repair of a file that someone else keeps changing, so that two writers do not fight all day: each repair within
 * ten minutes of the last one doubles the wait before the next, up to five minutes.
 */
export class RepairPace {
  readonly #clock: Clock;
  readonly #repairs = new Map<string, { readonly count: number; readonly at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds until a file may be repaired; 0 for now. */
  waitFor(path: string): number {
    const last = this.#repairs.get(path);
    if (!last || last.count < freeRepairs) return 0;
    const wait = Math.min(firstMs * 2 ** (last.count - freeRepairs), longestMs);
    return Math.max(0, last.at + wait - this.#clock.monotonic());
  }

  repaired(path: string): void {
    const now = this.#clock.monotonic();
    const last = this.#repairs.get(path);
    const count = last && now - last.at < forgetMs ? last.count + 1 : 1;
    this.#repairs.set(path, { count, at: now });
  }
}

const freeRepairs = 3;
const firstMs = 2_000;
const longestMs = 300_000;
const forgetMs = 600_000;
