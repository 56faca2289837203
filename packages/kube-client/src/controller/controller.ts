import type { Change } from '../informer/change.ts';
import type { Informer } from '../informer/informer.ts';
import { type KubeObject, keyOf } from '../objects/object.ts';
import type { QueueMetrics } from '../queue/queue-metrics.ts';
import { WorkQueue, type WorkQueueOptions } from '../queue/work-queue.ts';
import { ReconcileCounter, type ReconcileMetrics } from './reconcile-metrics.ts';
import { runWorkers, type WorkerOptions } from './run-workers.ts';

export interface ControllerOptions extends Omit<WorkerOptions, 'queue' | 'counter'>, WorkQueueOptions {
  readonly sources: readonly Source[];
}

/** Where the keys of a controller come from. Make one with `keysOf`. */
export interface Source {
  /** Resolves when the first list is in, false when the signal came first. */
  synced(signal: AbortSignal): Promise<boolean>;
  /** Adds the keys of everything there is and of every change to a queue. Gives what ends that. */
  feed(queue: WorkQueue): () => void;
}

/** A source of keys: by default the key of the changed object itself. Resyncs come with low priority. */
export function keysOf<T extends KubeObject>(
  informer: Informer<T>,
  keys: (change: Change<T>) => readonly string[] = ({ object }) => [keyOf(object)],
): Source {
  return {
    synced: async (signal) => informer.synced(signal),
    feed: (queue) =>
      informer.store.onChange((change) => {
        const priority = change.cause === 'resync' ? 'low' : 'normal';
        for (const key of keys(change)) queue.add(key, priority);
      }),
  };
}

/** Workers over the keys of some informers, which the caller runs. */
export class Controller {
  readonly queue: WorkQueue;
  readonly #options: ControllerOptions;
  readonly #counter = new ReconcileCounter();

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.queue = new WorkQueue(options);
  }

  /** Works from when all sources are synced until the signal is aborted and the last keys are done. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { sources } = this.#options;
    const stops = sources.map((source) => source.feed(this.queue));
    const synced = await Promise.all(sources.map(async (source) => source.synced(signal)));
    if (synced.every(Boolean))
      await runWorkers({ ...this.#options, queue: this.queue, counter: this.#counter }, signal);
    for (const stop of stops) stop();
    this.queue.close();
  }

  metrics(): { readonly queue: QueueMetrics; readonly reconcile: ReconcileMetrics } {
    return { queue: this.queue.metrics(), reconcile: this.#counter.snapshot() };
  }
}
