import { tooManyRequests } from '../status/status.ts';
import type { ServerLimits } from './options.ts';

/** Lets go of a place; to be called once. */
export type Release = () => void;

interface Waiting {
  readonly start: () => void;
  readonly timer: NodeJS.Timeout;
}

/** One user's share. */
interface Flow {
  running: number;
  readonly waiting: Waiting[];
}

/**
 * Places for requests in flight. Users whose requests wait are served in turn, so that one who asks much only delays
 * himself; who waits too long, or finds the queue full, is told to come back (429).
 */
export class FairQueue {
  readonly #limits: ServerLimits;
  readonly #flows = new Map<string, Flow>();
  #running = 0;

  constructor(limits: ServerLimits) {
    this.#limits = limits;
  }

  /** Resolves when the request may run. Rejects with `ApiError` 429. */
  enter(user: string): Promise<Release> {
    const flow = this.#flows.get(user) ?? { running: 0, waiting: [] };
    this.#flows.set(user, flow);
    if (this.#hasPlace(flow)) return Promise.resolve(this.#take(user, flow));
    if (flow.waiting.length >= this.#limits.queuedPerUser) return Promise.reject(busy());
    return this.#wait(user, flow);
  }

  #hasPlace(flow: Flow): boolean {
    return this.#running < this.#limits.inFlight && flow.running < this.#limits.inFlightPerUser;
  }

  #take(user: string, flow: Flow): Release {
    this.#running++;
    flow.running++;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#running--;
      flow.running--;
      this.#next();
      if (flow.running === 0 && flow.waiting.length === 0) this.#flows.delete(user);
    };
  }

  #wait(user: string, flow: Flow): Promise<Release> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const at = flow.waiting.indexOf(waiting);
        if (at >= 0) flow.waiting.splice(at, 1);
        reject(busy());
      }, this.#limits.queueMs);
      const waiting = { timer, start: () => resolve(this.#take(user, flow)) };
      flow.waiting.push(waiting);
    });
  }

  // A user who was served goes to the end of the round.
  #next(): void {
    for (const [user, flow] of this.#flows) {
      if (flow.waiting.length === 0 || !this.#hasPlace(flow)) continue;
      const { start, timer } = flow.waiting.shift() as Waiting;
      clearTimeout(timer);
      this.#flows.delete(user);
      this.#flows.set(user, flow);
      start();
      return;
    }
  }
}

function busy(): Error {
  return tooManyRequests('too many requests, please try again later', 1);
}
