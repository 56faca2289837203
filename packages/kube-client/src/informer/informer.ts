import type { KubeObject } from '../objects/object.ts';
import { type Clock, pause, systemClock } from '../time/clock.ts';
import { Reflector, type ReflectorOptions } from './reflector.ts';
import type { ReflectorMetrics } from './reflector-metrics.ts';
import { ObjectStore, type StoreOptions, withoutManagedFields } from './store.ts';

export interface InformerOptions<T extends KubeObject>
  extends Omit<ReflectorOptions<T>, 'sink'>,
    Omit<StoreOptions<T>, 'report'> {
  /** Milliseconds after which every object is delivered again, ten hours unless set; 0 never. */
  readonly resyncMs?: number | undefined;
}

/** A store that follows a collection. Objects are kept without managedFields unless `transform` says otherwise. */
export class Informer<T extends KubeObject> {
  readonly store: ObjectStore<T>;
  readonly #reflector: Reflector<T>;
  readonly #clock: Clock;
  readonly #resyncMs: number;
  readonly #waiting = new Set<() => void>();
  #synced = false;

  constructor(options: InformerOptions<T>) {
    this.store = new ObjectStore({ ...options, transform: options.transform ?? withoutManagedFields });
    this.#reflector = new Reflector({ ...options, sink: this.#sink() });
    this.#clock = options.clock ?? systemClock;
    this.#resyncMs = options.resyncMs ?? tenHoursMs;
  }

  /** Whether the first list has arrived. */
  get isSynced(): boolean {
    return this.#synced;
  }

  /** The version up to which the store is complete. */
  get resourceVersion(): string | undefined {
    return this.#reflector.resourceVersion;
  }

  metrics(): ReflectorMetrics {
    return this.#reflector.metrics();
  }

  /** Runs until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#reflector.run(signal), this.#resync(signal)]);
  }

  /** Resolves with the first list, true, or with the signal, false. */
  async synced(signal: AbortSignal): Promise<boolean> {
    if (!this.#synced && !signal.aborted)
      await new Promise<void>((resolve) => {
        const end = (): void => {
          this.#waiting.delete(end);
          signal.removeEventListener('abort', end);
          resolve();
        };
        this.#waiting.add(end);
        signal.addEventListener('abort', end, { once: true });
      });
    return this.#synced;
  }

  #sink(): ReflectorOptions<T>['sink'] {
    return {
      replace: (objects) => {
        this.store.replace(objects);
        this.#synced = true;
        for (const end of this.#waiting) end();
      },
      put: (object) => this.store.put(object),
      remove: (object) => this.store.remove(object),
    };
  }

  async #resync(signal: AbortSignal): Promise<void> {
    while (this.#resyncMs > 0 && !signal.aborted) {
      await pause(this.#clock, this.#resyncMs, signal);
      if (!signal.aborted) this.store.resync();
    }
  }
}

const tenHoursMs = 36_000_000;
