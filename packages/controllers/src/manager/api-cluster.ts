import {
  type Clock,
  type EventNotice,
  EventRecorder,
  type KubeClient,
  type KubeObject,
  systemClock,
} from '@pullpath/kube-client';
import { Collection } from './collection.ts';
import type { LiveObject } from './live-object.ts';
import type { Watched } from './watched.ts';

export interface ApiClusterOptions {
  /** Empty for the management API, else the control-plane namespace of the hosted cluster whose API it is. */
  readonly name: string;
  readonly client: KubeClient;
  /** Who writes events. */
  readonly component: string;
  /** Which of several processes. */
  readonly instance: string;
  readonly report: (error: unknown, doing: string) => void;
  readonly clock?: Clock | undefined;
}

type RunningCollection = Pick<Collection<KubeObject>, 'run' | 'isSynced'>;

/** One API server that controllers work on: a client, shared collections, and events. Run it. */
export class ApiCluster {
  readonly name: string;
  readonly client: KubeClient;
  readonly #options: ApiClusterOptions;
  readonly #recorder: EventRecorder;
  /** Each has the type of its key, which a Map cannot say. */
  readonly #collections = new Map<object, RunningCollection>();
  readonly #started = new Set<Promise<void>>();
  #signal: AbortSignal | undefined;

  constructor(options: ApiClusterOptions) {
    this.name = options.name;
    this.client = options.client;
    this.#options = options;
    this.#recorder = new EventRecorder(options);
  }

  /** The one collection for what is watched; it starts with the cluster, or at once when that runs. */
  watch<T extends KubeObject = LiveObject>(watched: Watched<T>): Collection<T> {
    const known = this.#collections.get(watched);
    if (known) return known as Collection<T>;
    const { client, report, clock = systemClock } = this.#options;
    const collection = new Collection<T>(watched, { client, clock, report });
    this.#collections.set(watched, collection);
    if (this.#signal) this.#start(collection, this.#signal);
    return collection;
  }

  /** Whether everything that is watched has been read once. */
  get isSynced(): boolean {
    return [...this.#collections.values()].every(({ isSynced }) => isSynced);
  }

  /** Writes an event on an object beside the work; never fails. */
  event(object: KubeObject, notice: EventNotice): void {
    this.#recorder.record(object, notice);
  }

  /** Runs until the signal is aborted and all has ended. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    this.#signal = signal;
    for (const collection of this.#collections.values()) this.#start(collection, signal);
    await this.#recorder.run(signal);
    await Promise.all(this.#started);
  }

  #start(collection: RunningCollection, signal: AbortSignal): void {
    const running = collection.run(signal).finally(() => this.#started.delete(running));
    this.#started.add(running);
  }
}
