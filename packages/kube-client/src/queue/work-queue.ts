import { type Clock, systemClock } from '../time/clock.ts';
import { DelayHeap } from './delay-heap.ts';
import { defaultFailureLimits, FailureLimiter, type FailureLimits } from './failure-limiter.ts';
import { type Priority, PriorityLanes } from './priority-lanes.ts';
import type { QueueMetrics } from './queue-metrics.ts';

export interface WorkQueueOptions {
  readonly limits?: FailureLimits | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Keys that need work (client-go `workqueue`). A key is in it once, however often it is added, and with one worker at a time:
 * what is added while a worker has it comes back once when that worker is done. Memory is bound by the number of keys.
 */
export class WorkQueue {
  readonly #clock: Clock;
  readonly #limiter: FailureLimiter;
  readonly #waiting = new PriorityLanes();
  /** Of keys that workers have: since when. */
  readonly #processing = new Map<string, number>();
  /** Added while a worker had them. */
  readonly #again = new Map<string, Priority>();
  readonly #delayed = new DelayHeap();
  readonly #takers = new Set<(key: string | undefined) => void>();
  #timer: { readonly at: number; readonly cancel: () => void } | undefined;
  #closed = false;
  #counts = { adds: 0, retries: 0, taken: 0, waitSeconds: 0, workSeconds: 0 };

  constructor({ limits = defaultFailureLimits, clock = systemClock }: WorkQueueOptions = {}) {
    this.#clock = clock;
    this.#limiter = new FailureLimiter(limits, clock);
  }

  /** Adds a key, unless it waits already; one that waits with low priority moves forward when added with normal. */
  add(key: string, priority: Priority = 'normal'): void {
    if (this.#closed) return;
    if (this.#processing.has(key)) {
      if (!this.#again.has(key)) this.#counts.adds++;
      if (this.#again.get(key) !== 'normal') this.#again.set(key, priority);
      return;
    }
    if (this.#waiting.add(key, priority, this.#clock.monotonic())) this.#counts.adds++;
    this.#serve();
  }

  /** Adds a key after `ms` milliseconds; of several times the earliest counts. */
  addAfter(key: string, ms: number): void {
    if (this.#closed) return;
    if (ms <= 0) {
      this.add(key);
      return;
    }
    this.#delayed.add(key, this.#clock.monotonic() + ms);
    this.#arm();
  }

  /** Adds a key that failed, after a delay that grows with its failures. Not for events: the limit is for all keys together. */
  addRateLimited(key: string): void {
    if (this.#closed) return;
    this.#counts.retries++;
    this.addAfter(key, this.#limiter.delay(key));
  }

  /** Ends the growth of the delays of a key: it succeeded. */
  forget(key: string): void {
    this.#limiter.forget(key);
  }

  /** Failures of a key since it was forgotten. */
  failures(key: string): number {
    return this.#limiter.failures(key);
  }

  /** The next key, when there is one. Undefined when the queue is closed or the signal aborted. Call `done` with the key. */
  async take(signal?: AbortSignal): Promise<string | undefined> {
    if (this.#closed || signal?.aborted) return undefined;
    const key = this.#next();
    if (key !== undefined) return key;
    return new Promise((resolve) => {
      const end = (taken: string | undefined): void => {
        this.#takers.delete(end);
        signal?.removeEventListener('abort', leave);
        resolve(taken);
      };
      const leave = (): void => end(undefined);
      this.#takers.add(end);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** A worker is done with a key, whatever came of it. */
  done(key: string): void {
    const since = this.#processing.get(key);
    if (since === undefined) return;
    this.#processing.delete(key);
    this.#counts.workSeconds += (this.#clock.monotonic() - since) / 1000;
    const again = this.#again.get(key);
    this.#again.delete(key);
    if (again === undefined) return;
    this.#counts.adds--;
    this.add(key, again);
  }

  /** Nothing is added or taken any more. */
  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#timer = undefined;
    for (const end of this.#takers) end(undefined);
  }

  metrics(): QueueMetrics {
    const [depth, delayed, processing] = [this.#waiting.size, this.#delayed.size, this.#processing.size];
    return { depth, delayed, processing, ...this.#counts };
  }

  #serve(): void {
    for (const taker of this.#takers) {
      const key = this.#next();
      if (key === undefined) return;
      taker(key);
    }
  }

  #next(): string | undefined {
    const taken = this.#waiting.take();
    if (!taken) return undefined;
    const now = this.#clock.monotonic();
    this.#counts.taken++;
    this.#counts.waitSeconds += (now - taken.since) / 1000;
    this.#processing.set(taken.key, now);
    return taken.key;
  }

  #arm(): void {
    const at = this.#delayed.nextAt;
    if (at === undefined || (this.#timer && this.#timer.at <= at)) return;
    this.#timer?.cancel();
    const cancel = this.#clock.schedule(at - this.#clock.monotonic(), () => this.#release());
    this.#timer = { at, cancel };
  }

  #release(): void {
    this.#timer = undefined;
    const now = this.#clock.monotonic();
    for (let key = this.#delayed.takeReady(now); key !== undefined; key = this.#delayed.takeReady(now)) this.add(key);
    this.#arm();
  }
}
