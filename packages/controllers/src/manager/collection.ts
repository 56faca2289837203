import {
  type Change,
  Informer,
  type KubeObject,
  keyOf,
  type ObjectStore,
  type Source,
  withoutManagedFields,
} from '@pullpath/kube-client';
import { withKind } from './live-object.ts';
import { type PresenceOptions, served } from './presence.ts';
import type { Watched } from './watched.ts';

/** The objects of one `Watched` on one API, kept up to date while it runs. */
export class Collection<T extends KubeObject> {
  readonly #informer: Informer<T>;
  readonly #watched: Watched<T>;
  readonly #options: PresenceOptions;
  readonly #settled = Promise.withResolvers<void>();
  #isSynced = false;

  constructor(watched: Watched<T>, options: PresenceOptions) {
    const { resource, selection, indexes, transform = (object: T) => object } = watched;
    this.#watched = watched;
    this.#options = options;
    this.#informer = new Informer<T>({
      ...selection,
      ...options,
      resource,
      indexes,
      transform: (object) => transform(withoutManagedFields(withKind(resource, object))),
    });
  }

  get store(): ObjectStore<T> {
    return this.#informer.store;
  }

  /** Whether the objects are all there, or none can be. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** Resolves, true, when the objects are all there, or none can be; with the signal, false. */
  async synced(signal: AbortSignal): Promise<boolean> {
    const aborted = Promise.withResolvers<void>();
    const end = (): void => aborted.resolve();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    await Promise.race([this.#settled.promise, aborted.promise]);
    signal.removeEventListener('abort', end);
    return !signal.aborted;
  }

  /** Keys of what there is and of what changes, for a controller. By default each object's own. */
  keys(keysOf: (change: Change<T>) => readonly string[] = ({ object }) => [keyOf(object)]): Source {
    return {
      synced: (signal) => this.synced(signal),
      feed: (queue) =>
        this.store.onChange((change) => {
          const priority = change.cause === 'resync' ? 'low' : 'normal';
          for (const key of keysOf(change)) queue.add(key, priority);
        }),
    };
  }

  /** Runs until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const settle = (): void => {
      this.#isSynced = true;
      this.#settled.resolve();
    };
    if (!(await served(this.#options, this.#watched.resource, settle, signal))) return;
    void this.#informer.synced(signal).then((synced) => synced && settle());
    await this.#informer.run(signal);
  }
}
