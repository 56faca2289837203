import {
  type Clock,
  Controller,
  Informer,
  isNotFound,
  type KubeClient,
  type KubeObject,
  keysOf,
  pods,
  rfc3339,
  splitKey,
} from '@pullpath/kube-client';

export interface KubeletsOptions {
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly report: (error: unknown, doing: string) => void;
  /** Whether a node is one of ours. */
  readonly runs: (node: string) => boolean;
}

interface Pod extends KubeObject {
  readonly spec?: { readonly nodeName?: string; readonly containers?: readonly Container[] };
  readonly status?: { readonly phase?: string };
}

interface Container {
  readonly name: string;
  readonly image?: string;
}

/** What kubelets do to the API, for all simulated nodes of a cluster: pods run at once, and end when their grace is over. Run it. */
export class Kubelets {
  readonly #options: KubeletsOptions;
  readonly #pods: Informer<Pod>;
  readonly #controller: Controller;

  constructor(options: KubeletsOptions) {
    const { client, clock, report } = options;
    this.#options = options;
    this.#pods = new Informer<Pod>({
      client,
      clock,
      report,
      resource: pods,
      fieldSelector: 'spec.nodeName!=',
      transform: ofInterest,
      indexes: { node: ({ spec }) => [spec?.nodeName ?? ''] },
    });
    this.#controller = new Controller({
      clock,
      report,
      sources: [keysOf(this.#pods)],
      reconcile: async (key) => this.#reconcile(key),
    });
  }

  /** Looks at the pods of a node again, which has come or gone. */
  look(node: string): void {
    for (const { metadata } of this.#pods.store.byIndex('node', node))
      this.#controller.queue.add(`${metadata.namespace}/${metadata.name}`);
  }

  /** Removes the pods of a node that is gone, as the collector of orphaned pods does. Never rejects: the API may be gone too. */
  async forget(node: string): Promise<void> {
    try {
      for (const pod of this.#pods.store.byIndex('node', node)) await this.#remove(pod);
    } catch (error) {
      this.#options.report(error, `delete the pods of node ${node}`);
    }
  }

  /** Runs until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#pods.run(signal), this.#controller.run(signal)]);
  }

  async #reconcile(key: string): Promise<{ requeueAfterMs: number } | undefined> {
    const pod = this.#pods.store.get(key);
    if (!pod || !this.#options.runs(pod.spec?.nodeName ?? '')) return undefined;
    const { deletionTimestamp } = pod.metadata;
    if (deletionTimestamp === undefined) {
      if (pod.status?.phase === 'Pending') await this.#start(key, pod);
      return undefined;
    }
    const left = Date.parse(deletionTimestamp) - this.#options.clock.now();
    if (left > 0) return { requeueAfterMs: left };
    await this.#remove(pod);
    return undefined;
  }

  async #start(key: string, { spec }: Pod): Promise<void> {
    const status = runningStatus(spec?.containers ?? [], this.#options.clock.now());
    try {
      await this.#options.client.patch(pods, splitKey(key), 'strategic', { status }, { subresource: 'status' });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  async #remove({ metadata: { namespace, name, uid } }: Pod): Promise<void> {
    try {
      await this.#options.client.delete(pods, { namespace, name }, { gracePeriodSeconds: 0, preconditions: { uid } });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

function runningStatus(containers: readonly Container[], now: number): object {
  const startedAt = rfc3339(now);
  const types = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];
  return {
    phase: 'Running',
    startTime: startedAt,
    conditions: types.map((type) => ({ type, status: 'True', lastTransitionTime: startedAt })),
    containerStatuses: containers.map(({ name, image = '' }) => ({
      name,
      image,
      imageID: '',
      containerID: `cri-o://${name}`,
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt } },
    })),
  };
}

function ofInterest({ metadata, spec, status }: Pod): Pod {
  const { namespace, name, uid, resourceVersion, deletionTimestamp } = metadata;
  const containers = (spec?.containers ?? []).map(({ name: of, image = '' }) => ({ name: of, image }));
  return {
    metadata: { namespace, name, uid, resourceVersion, deletionTimestamp },
    spec: { nodeName: spec?.nodeName ?? '', containers },
    status: { phase: status?.phase ?? 'Pending' },
  };
}
