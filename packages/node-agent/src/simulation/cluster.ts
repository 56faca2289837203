import type { Clock, KubeClient } from '@pullpath/kube-client';
import { AgentApi } from '../agent/agent-api.ts';
import { Kubelets } from './kubelet.ts';

export interface ClusterOptions {
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly report: (error: unknown, doing: string) => void;
}

/** The API of a cluster as its simulated machines share it: one watch of Nodes, one of pods. It runs while it has machines. */
export class SimulatedCluster {
  readonly api: AgentApi;
  readonly kubelets: Kubelets;
  readonly #nodes = new Set<string>();
  readonly #ending = new AbortController();
  readonly #ended: Promise<unknown>;

  constructor(options: ClusterOptions) {
    this.api = new AgentApi({ ...options, instance: 'simulation' });
    this.kubelets = new Kubelets({ ...options, runs: (node) => this.#nodes.has(node) });
    const { signal } = this.#ending;
    this.#ended = Promise.all([this.api.run(signal), this.kubelets.run(signal)]);
  }

  /** From now on the kubelet of this node works. */
  start(node: string): void {
    this.#nodes.add(node);
    this.kubelets.look(node);
  }

  /** The kubelet of this node works no more. */
  stop(node: string): void {
    this.#nodes.delete(node);
  }

  async end(): Promise<void> {
    this.#ending.abort();
    await this.#ended;
  }
}
