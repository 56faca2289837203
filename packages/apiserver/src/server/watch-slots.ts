import { tooManyRequests } from '../status/status.ts';
import type { Release } from './fair-queue.ts';
import type { ServerLimits } from './options.ts';

/** Counts open watches, of all users and of each. */
export class WatchSlots {
  readonly #limits: ServerLimits;
  readonly #byUser = new Map<string, number>();
  #all = 0;

  constructor(limits: ServerLimits) {
    this.#limits = limits;
  }

  /** Takes a place, or throws `ApiError` 429. */
  take(user: string): Release {
    const own = this.#byUser.get(user) ?? 0;
    if (this.#all >= this.#limits.watches || own >= this.#limits.watchesPerUser)
      throw tooManyRequests('too many open watches, please try again later', 5);
    this.#all++;
    this.#byUser.set(user, own + 1);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#leave(user);
    };
  }

  #leave(user: string): void {
    this.#all--;
    const left = (this.#byUser.get(user) ?? 1) - 1;
    if (left > 0) this.#byUser.set(user, left);
    else this.#byUser.delete(user);
  }
}
