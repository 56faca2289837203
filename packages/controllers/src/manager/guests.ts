import { Buffer } from 'node:buffer';
import type { Change, KubeClient, KubeObject, Source, WorkQueue } from '@pullpath/kube-client';
import { ApiCluster, type ApiClusterOptions } from './api-cluster.ts';
import type { LiveObject } from './live-object.ts';
import type { Watched } from './watched.ts';

/** The Secret in a control-plane namespace that reaches the API of its hosted cluster. */
export const adminKubeconfigSecret = 'admin-kubeconfig';

export interface SecretObject extends LiveObject {
  readonly data?: Readonly<Record<string, string>> | undefined;
}

/** The Secrets that reach hosted clusters, in the namespaces of their control planes. */
export const adminKubeconfigs: Watched<SecretObject> = {
  resource: { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true },
  selection: { fieldSelector: `metadata.name=${adminKubeconfigSecret}` },
};

export interface GuestsOptions extends Omit<ApiClusterOptions, 'name' | 'client'> {
  readonly management: ApiCluster;
  /** A client for the text of a kubeconfig. */
  readonly connect: (kubeconfig: string) => Promise<KubeClient>;
}

interface Guest {
  readonly api: ApiCluster;
  readonly kubeconfig: string;
  readonly stop: () => Promise<void>;
}

/**
 * The APIs of hosted clusters: one for each Secret `admin-kubeconfig`, by its namespace. They come and go with their Secrets;
 * a changed Secret is another API. Run it.
 */
export class Guests {
  readonly #options: GuestsOptions;
  readonly #secrets;
  readonly #guests = new Map<string, Guest>();
  readonly #handlers = new Set<(namespace: string, api: ApiCluster | undefined) => void>();
  /** One change of a namespace after the other. */
  readonly #turns = new Map<string, Promise<void>>();

  constructor(options: GuestsOptions) {
    this.#options = options;
    this.#secrets = options.management.watch(adminKubeconfigs);
  }

  /** The API of the hosted cluster whose control plane is in a namespace; undefined where none can be reached (yet). */
  get(namespace: string): ApiCluster | undefined {
    return this.#guests.get(namespace)?.api;
  }

  /** Calls the handler for each guest there is and each that comes, and without an API for each that goes. Gives what ends that. */
  onChange(handler: (namespace: string, api: ApiCluster | undefined) => void): () => void {
    for (const [namespace, { api }] of this.#guests) handler(namespace, api);
    this.#handlers.add(handler);
    return () => void this.#handlers.delete(handler);
  }

  /** Keys of what there is in every guest and of what changes there. Does not wait for a guest: any may be out of reach. */
  keys<T extends KubeObject = LiveObject>(
    watched: Watched<T>,
    keysOf: (change: Change<T>, namespace: string) => readonly string[],
  ): Source {
    return {
      synced: (signal) => this.#secrets.synced(signal),
      feed: (queue) => this.#feed(watched, keysOf, queue),
    };
  }

  /** Runs until the signal is aborted and every guest has ended. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = this.#secrets.store.onChange(({ type, object }) => {
      const kubeconfig = type === 'deleted' ? undefined : textOf(object);
      this.#take(object.metadata.namespace ?? '', kubeconfig);
    });
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    stop();
    for (const namespace of this.#guests.keys()) this.#take(namespace, undefined);
    await Promise.all(this.#turns.values());
  }

  #take(namespace: string, kubeconfig: string | undefined): void {
    const before = this.#turns.get(namespace) ?? Promise.resolve();
    const turn = before
      .then(async () => this.#become(namespace, kubeconfig))
      .catch((error: unknown) => this.#options.report(error, `reach the hosted cluster of ${namespace}`))
      .finally(() => {
        if (this.#turns.get(namespace) === turn) this.#turns.delete(namespace);
      });
    this.#turns.set(namespace, turn);
  }

  async #become(namespace: string, kubeconfig: string | undefined): Promise<void> {
    const old = this.#guests.get(namespace);
    if (old?.kubeconfig === kubeconfig) return;
    this.#guests.delete(namespace);
    await old?.stop();
    if (kubeconfig !== undefined) this.#guests.set(namespace, await this.#open(namespace, kubeconfig));
    for (const handler of this.#handlers) handler(namespace, this.get(namespace));
  }

  async #open(namespace: string, kubeconfig: string): Promise<Guest> {
    const client = await this.#options.connect(kubeconfig);
    const api = new ApiCluster({ ...this.#options, name: namespace, client });
    const ending = new AbortController();
    const running = api.run(ending.signal);
    const stop = async (): Promise<void> => {
      ending.abort();
      await running;
      await client.close();
    };
    return { api, kubeconfig, stop };
  }

  #feed<T extends KubeObject>(
    watched: Watched<T>,
    keysOf: (change: Change<T>, namespace: string) => readonly string[],
    queue: WorkQueue,
  ): () => void {
    const stops = new Map<string, () => void>();
    const end = this.onChange((namespace, api) => {
      stops.get(namespace)?.();
      stops.delete(namespace);
      const source = api?.watch(watched).keys((change) => keysOf(change, namespace));
      if (source) stops.set(namespace, source.feed(queue));
    });
    return () => {
      end();
      for (const stop of stops.values()) stop();
    };
  }
}

function textOf({ data = {} }: SecretObject): string | undefined {
  const text = data['kubeconfig'];
  return text === undefined ? undefined : Buffer.from(text, 'base64').toString();
}
