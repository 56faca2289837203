import type { ObjectReference } from '../objects/builtin.ts';
import type { Clock } from '../time/clock.ts';
import { TokenBucket } from '../time/token-bucket.ts';
import { Recent } from './recent.ts';

/** What happened to an object. */
export interface EventNotice {
  readonly type: 'Normal' | 'Warning';
  /** CamelCase, from a small set. */
  readonly reason: string;
  readonly message: string;
}

/** One event as it should stand on the server now. */
export interface CorrelatedEvent {
  /** The same for what is one event with a count. */
  readonly key: string;
  readonly object: ObjectReference;
  readonly notice: EventNotice;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly firstAt: number;
  readonly lastAt: number;
}

interface Aggregate {
  readonly messages: Set<string>;
  lastAt: number;
}

// client-go `events_cache.go`.
const remembered = 4096;
const mostMessages = 10;
const forgetAggregateMs = 600_000;
const spamBurst = 25;
const spamPerSecond = 1 / 300;
const longestMessage = 1024;

/**
 * Makes few events of many notices: the same one again raises a count, more than ten messages for one object and reason within
 * ten minutes become one, and beyond 25 at once an object gets one event in five minutes. Remembers the last 4,096 of each.
 */
export class EventCorrelator {
  readonly #clock: Clock;
  readonly #aggregates = new Recent<Aggregate>(remembered);
  readonly #events = new Recent<CorrelatedEvent>(remembered);
  readonly #buckets = new Recent<TokenBucket>(remembered);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The event to write for a notice; undefined when the object has had too many. */
  correlate(object: ObjectReference, notice: EventNotice): CorrelatedEvent | undefined {
    const { message, combined } = this.#aggregate(object, notice);
    const identity = [...identityOf(object), notice.type, notice.reason];
    const key = JSON.stringify(combined ? identity : [...identity, message]);
    const now = this.#clock.now();
    const before = this.#events.get(key);
    const event: CorrelatedEvent = {
      key,
      object,
      notice: { ...notice, message },
      count: (before?.count ?? 0) + 1,
      firstAt: before?.firstAt ?? now,
      lastAt: now,
    };
    this.#events.set(key, event);
    return this.#bucketOf(object).take() ? event : undefined;
  }

  #aggregate(object: ObjectReference, notice: EventNotice): { message: string; combined: boolean } {
    const key = JSON.stringify([...identityOf(object), notice.type, notice.reason]);
    const now = this.#clock.monotonic();
    const known = this.#aggregates.get(key);
    const aggregate =
      known && now - known.lastAt <= forgetAggregateMs ? known : { messages: new Set<string>(), lastAt: now };
    aggregate.lastAt = now;
    const message = notice.message.slice(0, longestMessage);
    if (aggregate.messages.size <= mostMessages) aggregate.messages.add(message);
    this.#aggregates.set(key, aggregate);
    const combined = aggregate.messages.size > mostMessages;
    return { message: combined ? `(combined from similar events): ${message}` : message, combined };
  }

  #bucketOf(object: ObjectReference): TokenBucket {
    const key = JSON.stringify(identityOf(object));
    const bucket = this.#buckets.get(key) ?? new TokenBucket(spamPerSecond, spamBurst, this.#clock);
    this.#buckets.set(key, bucket);
    return bucket;
  }
}

function identityOf({ apiVersion, kind, namespace, name, uid }: ObjectReference): readonly (string | undefined)[] {
  return [apiVersion, kind, namespace, name, uid];
}
