import { type Clock, KubeError, pause, systemClock } from '@pullpath/kube-client';
import type { NodeDisruptionPolicies } from '@pullpath/pull-config';
import { policiesOf } from '../config/policies.ts';
import type { AgentApi } from './agent-api.ts';
import type { AgentStatus, NodeAgentOptions } from './agent-options.ts';
import { FileKeeper } from './file-keeper.ts';
import { NodeLink } from './node-link.ts';
import { Turns } from './turns.ts';
import { Updater } from './updater.ts';

/**
 * Brings one node to the configuration that its Node names and keeps it there, step by step from what is observed on the
 * disk and in the API, so that it may die at any point. Run it.
 */
export class NodeAgent {
  readonly #api: AgentApi;
  readonly #options: NodeAgentOptions;
  readonly #clock: Clock;
  readonly #turns: Turns;
  readonly #link: NodeLink;
  readonly #updater: Updater;
  readonly #keeper: FileKeeper;
  #wake: () => void = () => undefined;
  #isAwake = false;

  constructor(api: AgentApi, options: NodeAgentOptions) {
    const { clock = systemClock, report, node } = options;
    this.#api = api;
    this.#options = options;
    this.#clock = clock;
    this.#turns = options.turns ?? new Turns(1);
    this.#link = new NodeLink(api, node, report);
    this.#updater = new Updater(api, this.#link, { ...options, clock });
    this.#keeper = new FileKeeper({ ...options, clock, heard: () => this.#awake() });
  }

  status(): AgentStatus {
    const { desiredConfig: desired, currentConfig: config, state } = this.#link.view;
    const drift = this.#keeper.drift.map(({ path, what }) => `${path} ${what}`);
    return { config, desired, state, drift, repaired: this.#keeper.repaired, ...this.#updater.outcome };
  }

  /** Runs until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const stops = [this.#link.follow(() => this.#awake()), onAbort(signal, () => this.#awake())];
    for (let failures = 0; !signal.aborted; ) {
      try {
        this.#isAwake = false;
        const waitMs = await this.#turns.take(() => this.#turn(signal));
        failures = 0;
        await this.#sleep(waitMs);
      } catch (error) {
        if (!signal.aborted) await this.#complain(error);
        await pause(this.#clock, Math.min(againMs * 2 ** failures++, longestAgainMs), signal);
      }
    }
    for (const stop of stops) stop();
    this.#keeper.close();
  }

  /** Goes on until there is nothing to do. Gives the milliseconds after which to look again. */
  async #turn(signal: AbortSignal): Promise<number> {
    for (let steps = 0; steps < mostSteps && !signal.aborted; steps++) {
      const step = this.#updater.next();
      if (step.do === 'rest') return Math.min(await this.#keep(), this.#updater.retryMs ?? Number.POSITIVE_INFINITY);
      await this.#updater.take(step);
    }
    return againMs;
  }

  async #keep(): Promise<number> {
    const { local } = this.#updater;
    return local.update ? awaitingMs : this.#keeper.check(local, () => this.#policies(), this.#link);
  }

  // A repair must not wait for an API that is away: its files would be in order, and CRI-O not know.
  async #policies(): Promise<NodeDisruptionPolicies> {
    const { runtime } = this.#updater;
    try {
      return policiesOf(await this.#api.machineConfiguration(), runtime);
    } catch (error) {
      if (error instanceof KubeError) return policiesOf(undefined, runtime);
      throw error;
    }
  }

  // What fails here is the agent itself, say its records: the node must not look healthy.
  async #complain(error: unknown): Promise<void> {
    this.#options.report(error, `node ${this.#options.node}`);
    if (error instanceof KubeError) return;
    await this.#link.mention({ state: 'Degraded', reason: error instanceof Error ? error.message : String(error) });
  }

  #awake(): void {
    this.#isAwake = true;
    this.#wake();
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#isAwake) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.schedule(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
    this.#wake = () => undefined;
  }
}

const againMs = 1_000;
const longestAgainMs = 30_000;
const awaitingMs = 5_000;
const mostSteps = 50;

function onAbort(signal: AbortSignal, work: () => void): () => void {
  signal.addEventListener('abort', work, { once: true });
  return () => signal.removeEventListener('abort', work);
}
