import type { KubeClient } from '../client/kube-client.ts';
import { KubeError } from '../client/kube-error.ts';
import type { Selection } from '../client/options.ts';
import type { WatchEvent } from '../client/watch-event.ts';
import type { KubeObject } from '../objects/object.ts';
import type { Resource } from '../objects/resource.ts';
import { Backoff, type BackoffOptions, reflectorBackoff } from '../time/backoff.ts';
import { type Clock, pause, systemClock } from '../time/clock.ts';
import { EventOrder } from './event-order.ts';
import { listByWatch } from './list-by-watch.ts';
import { noReflectorMetrics, type ReflectorMetrics } from './reflector-metrics.ts';
import { RelistRule } from './relist-rule.ts';

export interface ReflectorOptions<T extends KubeObject> extends Selection {
  readonly client: KubeClient;
  readonly resource: Resource<T>;
  readonly sink: ReflectorSink<T>;
  /** Told of every failure; the reflector goes on. */
  readonly report: (error: unknown, doing: string) => void;
  /** Begins with a watch-list where the server offers it. On unless set. */
  readonly watchList?: boolean | undefined;
  readonly pageSize?: number | undefined;
  readonly backoff?: BackoffOptions | undefined;
  /** Milliseconds without a byte after which a watch is taken up anew. */
  readonly idleMs?: number | undefined;
  /** Seconds; the server ends each watch between this and twice this. 300 unless set. */
  readonly watchSeconds?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

/** Where a reflector puts what it sees. */
export interface ReflectorSink<T extends KubeObject> {
  replace(objects: readonly T[]): void;
  put(object: T): void;
  remove(object: T): void;
}

/**
 * Keeps a sink equal to a collection: lists, then watches from where the list ended, goes on where a watch ended, and lists
 * anew when the history there is gone or makes no sense. It ends by its signal alone, whatever the server does.
 */
export class Reflector<T extends KubeObject> {
  readonly #options: ReflectorOptions<T>;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #backoff: Backoff;
  readonly #relistRule = new RelistRule();
  #order: EventOrder | undefined;
  #watchListWorks: boolean;
  #metrics: ReflectorMetrics = noReflectorMetrics;

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#backoff = new Backoff(options.backoff ?? reflectorBackoff, this.#clock, this.#random);
    this.#watchListWorks = options.watchList ?? true;
  }

  /** The version up to which the sink is complete; undefined before the first list. */
  get resourceVersion(): string | undefined {
    return this.#order?.version;
  }

  metrics(): ReflectorMetrics {
    return this.#metrics;
  }

  /** Runs until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const delay = await this.#turn(signal);
      if (delay > 0) await pause(this.#clock, delay, signal);
    }
  }

  /** One list or one watch. Gives the milliseconds to wait before the next. */
  async #turn(signal: AbortSignal): Promise<number> {
    const start = this.#clock.monotonic();
    try {
      if (this.#order === undefined) {
        await this.#list(signal);
        return 0;
      }
      await this.#watch(this.#order, signal);
      // A server that ends watches at once would otherwise be asked without a pause.
      return this.#clock.monotonic() - start >= shortestWatchMs ? 0 : this.#backoff.next();
    } catch (error) {
      return signal.aborted ? 0 : this.#fail(error);
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    this.#count('lists');
    const { objects, version } = (await this.#listByWatch(signal)) ?? (await this.#listByPages(signal));
    this.#options.sink.replace(objects);
    this.#order = new EventOrder(version);
    this.#contact();
  }

  async #listByPages(signal: AbortSignal): Promise<{ objects: readonly T[]; version: string }> {
    const { client, resource, namespace, labelSelector, fieldSelector, pageSize } = this.#options;
    const { items, metadata } = await client.list(resource, {
      namespace,
      labelSelector,
      fieldSelector,
      pageSize,
      signal,
      retry: false,
      deadlineMs: longestPageMs,
    });
    if (!metadata.resourceVersion)
      throw new KubeError('kube-protocol', `a list of ${resource.plural} has no resourceVersion`);
    return { objects: items, version: metadata.resourceVersion };
  }

  async #listByWatch(signal: AbortSignal): Promise<{ objects: readonly T[]; version: string } | undefined> {
    if (!this.#watchListWorks || !(await this.#options.client.offersWatchList())) return undefined;
    const listed = await listByWatch(this.#options.client, this.#options.resource, {
      ...this.#options,
      signal,
      onBytes: () => this.#contact(),
    });
    this.#watchListWorks = listed !== undefined;
    return listed;
  }

  async #watch(order: EventOrder, signal: AbortSignal): Promise<void> {
    this.#count('watches');
    const { client, resource, namespace, labelSelector, fieldSelector, idleMs, watchSeconds = 300 } = this.#options;
    const events = client.watch(resource, {
      namespace,
      labelSelector,
      fieldSelector,
      resourceVersion: order.version,
      timeoutSeconds: Math.ceil(watchSeconds * (1 + this.#random())),
      idleMs,
      onBytes: () => this.#contact(),
      signal,
    });
    for await (const event of events) {
      if (signal.aborted) return;
      this.#take(order, event);
    }
  }

  #take(order: EventOrder, event: WatchEvent<T>): void {
    if (event.type === 'BOOKMARK') {
      this.#count('bookmarks');
      order.advance(event.resourceVersion);
      return;
    }
    if (!order.advance(event.object.metadata.resourceVersion as string)) return;
    this.#count('events');
    if (event.type === 'DELETED') this.#options.sink.remove(event.object);
    else this.#options.sink.put(event.object);
  }

  #fail(error: unknown): number {
    this.#count('failures');
    const { report, resource } = this.#options;
    report(error, `${this.#order ? 'watch' : 'list'} ${resource.plural}`);
    if (this.#order && this.#relistRule.applies(error, this.#order.version)) {
      this.#order = undefined;
      this.#count('relists');
    }
    return delayAfter(error, this.#backoff.next());
  }

  #contact(): void {
    this.#metrics = { ...this.#metrics, contactAt: this.#clock.monotonic() };
  }

  #count(what: Exclude<keyof ReflectorMetrics, 'contactAt'>): void {
    this.#metrics = { ...this.#metrics, [what]: this.#metrics[what] + 1 };
  }
}

const shortestWatchMs = 1_000;
const longestPageMs = 300_000;
const longestAskedDelayMs = 120_000;

// What a server asks for is heard, but no header may stop a reflector for hours.
function delayAfter(error: unknown, backoff: number): number {
  const asked = error instanceof KubeError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(backoff, Math.min(asked, longestAskedDelayMs));
}
