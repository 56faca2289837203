import { eventKind } from '../builtin/kinds/event.ts';
import { textAt } from '../builtin/read.ts';
import { metadataOf } from '../rest/metadata.ts';
import type { StoredObject } from '../store/record.ts';
import { type Controller, type ControllerContext, ownDeletion, partsOfCollection, partsOfKey } from './context.ts';
import { unlessGone } from './unless-gone.ts';

/** How long an Event is kept after it last happened. */
export const eventTtlMs: number = 60 * 60_000;
const sweepMs = 60_000;

/** Deletes Events that are old. */
export class EventSweeper implements Controller {
  readonly #context: ControllerContext;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  start(): void {
    this.#timer = setInterval(() => this.sweep(), sweepMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  settled(): Promise<void> {
    return this.#sweeping;
  }

  /** Looks at every Event once, after the sweep before. */
  sweep(): void {
    this.#sweeping = this.#sweeping.then(() => this.#sweep()).catch((error: unknown) => this.#context.report(error));
  }

  async #sweep(): Promise<void> {
    const { rest } = this.#context;
    for (const collection of rest.store.collectionNames().filter(holdsEvents)) {
      const { cluster } = partsOfCollection(collection);
      const old = rest.store.list(collection).filter(({ object }) => isExpired(object, this.#context.now()));
      for (const { key, object } of old) {
        const options = { ...ownDeletion, resourceVersion: metadataOf(object).resourceVersion };
        await unlessGone(rest.delete(eventKind, { cluster, ...partsOfKey(key) }, options));
      }
    }
  }
}

function holdsEvents(collection: string): boolean {
  const { group, resource } = partsOfCollection(collection);
  return group === eventKind.group && resource === eventKind.resource;
}

/** True when an Event neither was made nor happened within the last hour. */
export function isExpired(event: StoredObject, now: Date): boolean {
  const times = [
    metadataOf(event).creationTimestamp ?? '',
    textAt(event, 'lastTimestamp'),
    textAt(event, 'eventTime'),
    textAt(event, 'series', 'lastObservedTime'),
  ];
  const known = times.map((time) => Date.parse(time)).filter((time) => !Number.isNaN(time));
  // A time in the future is a mistake of its author's clock.
  const last = Math.max(...known.map((time) => Math.min(time, now.getTime())), 0);
  return now.getTime() - last > eventTtlMs;
}
