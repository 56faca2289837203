import type { KubeClient } from '../client/kube-client.ts';
import { isNotFound, KubeError } from '../client/kube-error.ts';
import { events, type KubeEvent, type ObjectReference } from '../objects/builtin.ts';
import { rfc3339 } from '../objects/conditions.ts';
import type { KubeObject } from '../objects/object.ts';
import { Backoff, reflectorBackoff } from '../time/backoff.ts';
import { type Clock, pause, systemClock } from '../time/clock.ts';
import { type CorrelatedEvent, EventCorrelator, type EventNotice } from './event-correlator.ts';
import { Recent } from './recent.ts';

export interface EventRecorderOptions {
  readonly client: KubeClient;
  /** Who reports, like `pullpath-rollout-controller`. */
  readonly component: string;
  /** Which of several, like the name of the pod. */
  readonly instance: string;
  /** Told of events that could not be written. */
  readonly report: (error: unknown, doing: string) => void;
  /** Events that wait to be written at most; more are dropped and counted. 1,000 unless set. */
  readonly mostPending?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

export interface EventMetrics {
  readonly pending: number;
  readonly written: number;
  /** An object had too many. */
  readonly suppressed: number;
  /** Too many waited, or the server refused. */
  readonly dropped: number;
}

/** Writes events beside the work: `record` never waits and never fails. Run it. */
export class EventRecorder {
  readonly #options: EventRecorderOptions;
  readonly #clock: Clock;
  readonly #correlator: EventCorrelator;
  readonly #backoff: Backoff;
  readonly #pending = new Map<string, CorrelatedEvent>();
  /** Names on the server, by key. */
  readonly #names = new Recent<string>(4096);
  #wake: () => void = () => undefined;
  #named = 0;
  #counts = { written: 0, suppressed: 0, dropped: 0 };

  constructor(options: EventRecorderOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#correlator = new EventCorrelator(this.#clock);
    this.#backoff = new Backoff(reflectorBackoff, this.#clock, options.random ?? Math.random);
  }

  /** Notes what happened to an object, which must have apiVersion and kind. */
  record(object: KubeObject, notice: EventNotice): void {
    const event = this.#correlator.correlate(referenceOf(object), notice);
    if (!event) this.#counts.suppressed++;
    else if (!this.#pending.has(event.key) && this.#pending.size >= (this.#options.mostPending ?? 1_000))
      this.#counts.dropped++;
    else this.#pending.set(event.key, event);
    this.#wake();
  }

  metrics(): EventMetrics {
    return { pending: this.#pending.size, ...this.#counts };
  }

  /** Writes until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const [next] = this.#pending.values();
      if (next) await this.#writeOrWait(next, signal);
      else await this.#more(signal);
    }
  }

  async #more(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const end = (): void => {
        this.#wake = () => undefined;
        signal.removeEventListener('abort', end);
        resolve();
      };
      this.#wake = end;
      signal.addEventListener('abort', end, { once: true });
    });
  }

  // An answer, even a refusal, is the end of an event; without one it is kept for when the server is back.
  async #writeOrWait(event: CorrelatedEvent, signal: AbortSignal): Promise<void> {
    try {
      await this.#write(event, signal);
      this.#counts.written++;
    } catch (error) {
      if (signal.aborted) return;
      this.#options.report(error, `write event ${event.notice.reason}`);
      if (error instanceof KubeError && !error.status) return pause(this.#clock, this.#backoff.next(), signal);
      this.#counts.dropped++;
    }
    if (this.#pending.get(event.key) === event) this.#pending.delete(event.key);
  }

  async #write(event: CorrelatedEvent, signal: AbortSignal): Promise<void> {
    const name = this.#names.get(event.key);
    if (name === undefined || !(await this.#raise(name, event, signal))) await this.#create(event, signal);
  }

  /** False when the event has expired on the server. */
  async #raise(name: string, event: CorrelatedEvent, signal: AbortSignal): Promise<boolean> {
    const { count, lastAt, notice } = event;
    const patch = { count, lastTimestamp: rfc3339(lastAt), message: notice.message };
    try {
      await this.#options.client.patch(events, { namespace: namespaceOf(event), name }, 'merge', patch, { signal });
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  }

  async #create(event: CorrelatedEvent, signal: AbortSignal): Promise<void> {
    const object = this.#objectOf(event);
    await this.#options.client.create(events, object, { signal });
    this.#names.set(event.key, object.metadata.name ?? '');
  }

  #objectOf(event: CorrelatedEvent): KubeEvent {
    const { object, notice, count, firstAt, lastAt } = event;
    const { component, instance } = this.#options;
    return {
      metadata: { namespace: namespaceOf(event), name: this.#nameFor(object.name ?? '') },
      involvedObject: object,
      ...notice,
      count,
      firstTimestamp: rfc3339(firstAt),
      lastTimestamp: rfc3339(lastAt),
      source: { component },
      reportingComponent: component,
      reportingInstance: instance,
    };
  }

  // Nanoseconds as in client-go, the last of them counted so that no two names of this recorder are the same.
  #nameFor(object: string): string {
    const nanoseconds = BigInt(Math.trunc(this.#clock.now())) * 1_000_000n + BigInt(this.#named++ % 1_000_000);
    return `${object.slice(0, longestPrefix).replace(/[-.]$/, '')}.${nanoseconds.toString(16)}`;
  }
}

const longestPrefix = 253 - 17;

function referenceOf({ apiVersion, kind, metadata }: KubeObject): ObjectReference {
  const { namespace, name, uid, resourceVersion } = metadata;
  return { apiVersion, kind, namespace, name, uid, resourceVersion };
}

// Events of objects without a namespace lie in `default`, where kubectl looks for them.
function namespaceOf({ object }: CorrelatedEvent): string {
  return object.namespace ?? 'default';
}
