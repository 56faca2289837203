import { Readable } from 'node:stream';
import { metadataOf, withMetadata } from '../rest/metadata.ts';
import type { Matcher } from '../rest/selectors.ts';
import { ApiError } from '../status/status.ts';
import type { StoredRecord, StoreEvent } from '../store/record.ts';
import type { Store } from '../store/store.ts';

/** One watch request, already checked. */
export interface WatchOptions {
  readonly collection: string;
  /** `<namespace>/`, or empty for all. */
  readonly prefix: string;
  readonly matches: Matcher;
  /** Changes after this revision; undefined starts with what exists now. */
  readonly after: number | undefined;
  /** Ends the initial objects with an annotated bookmark (watch-list). */
  readonly initialEventsEnd: boolean;
  readonly bookmarks: boolean;
  readonly timeoutMs: number;
  readonly encode: WatchEncoder;
  readonly signal: AbortSignal;
}

/** Turns changes into lines. Lines of one record are shared by every watch with the same encoder. */
export interface WatchEncoder {
  event(type: StoreEvent['type'], record: StoredRecord, first: boolean): Buffer;
  bookmark(revision: number, initialEventsEnd: boolean): Buffer;
  error(error: ApiError): Buffer;
}

/** A reader that is this far behind is cut off; it lists anew and catches up faster than by the stream. */
export const largestBacklogBytes: number = 8 * 2 ** 20;
const bookmarkPeriodMs = 60_000;
const shortestBookmarkedMs = 2000;

/** The body of a watch: current objects or missed changes first, then every change as it becomes durable. */
export function watchStream(store: Store, options: WatchOptions): Readable {
  const stream = new Readable({ read: () => undefined });
  const missed = options.after === undefined ? [] : store.since(options.collection, options.after);
  if (!missed) return endWith(stream, options.encode.error(tooOld(options.after as number, store.revision)));
  const watch = new Watch(store, options, stream);
  watch.start(missed);
  return stream;
}

function tooOld(asked: number, current: number): ApiError {
  return new ApiError(410, 'Expired', `too old resource version: ${asked} (${current})`);
}

function endWith(stream: Readable, line: Buffer): Readable {
  stream.push(line);
  stream.push(null);
  return stream;
}

class Watch {
  readonly #store: Store;
  readonly #options: WatchOptions;
  readonly #stream: Readable;
  readonly #stops: (() => void)[] = [];
  #first = true;

  constructor(store: Store, options: WatchOptions, stream: Readable) {
    this.#store = store;
    this.#options = options;
    this.#stream = stream;
  }

  start(missed: readonly StoreEvent[]): void {
    if (this.#options.after === undefined) this.#sendCurrent();
    for (const event of missed) this.#change(event);
    this.#stops.push(this.#store.subscribe(this.#options.collection, (event) => this.#change(event)));
    this.#every(bookmarkPeriodMs, () => this.#bookmark());
    this.#after(this.#options.timeoutMs, () => this.#end());
    this.#onGone(() => this.#end());
  }

  #sendCurrent(): void {
    for (const record of this.#store.list(this.#options.collection, this.#options.prefix)) {
      if (this.#options.matches(record.object)) this.#push('ADDED', record);
    }
    if (this.#options.initialEventsEnd) this.#send(this.#options.encode.bookmark(this.#store.revision, true));
  }

  // An object that starts or stops matching is added or deleted for this watch. A previous state that is not known (from
  // before a restart) counts as matching: clients take a repeated state, and a deletion of what they never saw, as no news.
  #change({ type, record, previous }: StoreEvent): void {
    if (!record.key.startsWith(this.#options.prefix)) return;
    const did = type !== 'ADDED' && (!previous || this.#options.matches(previous.object));
    const does = type !== 'DELETED' && this.#options.matches(record.object);
    if (does) this.#push(did ? 'MODIFIED' : 'ADDED', record);
    else if (did) this.#push('DELETED', type === 'DELETED' || !previous ? record : lastMatch(previous, record));
  }

  #push(type: StoreEvent['type'], record: StoredRecord): void {
    this.#send(this.#options.encode.event(type, record, this.#first));
    this.#first = false;
  }

  #bookmark(): void {
    if (this.#options.bookmarks) this.#send(this.#options.encode.bookmark(this.#store.revision, false));
  }

  #send(line: Buffer): void {
    if (this.#stream.readableEnded || this.#stream.destroyed) return;
    this.#stream.push(line);
    if (this.#stream.readableLength > largestBacklogBytes) this.#stop(() => this.#stream.destroy());
  }

  // One last bookmark lets the client go on from here instead of from its last event; short watches are not worth it.
  #end(): void {
    if (this.#options.timeoutMs > shortestBookmarkedMs) this.#bookmark();
    this.#stop(() => this.#stream.push(null));
  }

  #stop(finish: () => void): void {
    const stops = this.#stops.splice(0);
    for (const stop of stops) stop();
    if (stops.length > 0) finish();
  }

  #every(ms: number, work: () => void): void {
    const timer = setInterval(work, ms).unref();
    this.#stops.push(() => clearInterval(timer));
  }

  #after(ms: number, work: () => void): void {
    const timer = setTimeout(work, ms).unref();
    this.#stops.push(() => clearTimeout(timer));
  }

  #onGone(work: () => void): void {
    const { signal } = this.#options;
    signal.addEventListener('abort', work, { once: true });
    this.#stops.push(() => signal.removeEventListener('abort', work));
    this.#stream.once('close', work);
    if (signal.aborted) work();
  }
}

/** What a watch that an object leaves is told of it: its last state there, at the revision of the change. */
function lastMatch(previous: StoredRecord, { object: next, revision }: StoredRecord): StoredRecord {
  const object = withMetadata(previous.object, { resourceVersion: metadataOf(next).resourceVersion });
  return { ...previous, revision, object, bytes: Buffer.from(JSON.stringify(object)) };
}
