import { CodedError } from '@pullpath/diagnostics';
import { type Clock, type KubeClient, pause } from '@pullpath/kube-client';
import type { AgentStatus, DriftPolicy } from '../agent/agent-options.ts';
import { NodeAgent } from '../agent/node-agent.ts';
import type { Turns } from '../agent/turns.ts';
import type { NodeRuntime } from '../config/effective-files.ts';
import type { Effects } from '../effects/effects.ts';
import { recorderEffects } from '../effects/recorder.ts';
import type { NodeRoot } from '../root/node-root.ts';
import { loadState } from '../root/state-store.ts';
import { bootHosted, bootManagement } from './boot.ts';
import type { SimulatedCluster } from './cluster.ts';
import { type Joining, joinCluster, setReady } from './join.ts';
import { type AnyMachine, machineKey, readMachine, writeMachine } from './machine.ts';

export interface MachineOptions {
  readonly root: NodeRoot;
  /** The cluster to join. Throws a `CodedError` while it has no API. */
  readonly cluster: () => SimulatedCluster;
  readonly management: KubeClient;
  readonly runtime: NodeRuntime;
  readonly drift: DriftPolicy | undefined;
  readonly bootMs: number;
  readonly checkMs: number | undefined;
  readonly turns: Turns;
  readonly clock: Clock;
  readonly report: (error: unknown, doing: string) => void;
}

/** One machine from its first boot to its end. */
export class MachineLife {
  readonly #machine: AnyMachine;
  readonly #options: MachineOptions;
  readonly #effects: Effects;
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  #agent: NodeAgent | undefined;

  /** It lives from now on. */
  constructor(machine: AnyMachine, options: MachineOptions) {
    const { root, bootMs, clock } = options;
    this.#machine = machine;
    this.#options = options;
    this.#effects = recorderEffects(root, { bootMs, clock, onPower: async (up) => this.#power(up) });
    this.#ended = this.#live(this.#stopping.signal);
  }

  /** What its agent does; undefined while it boots. */
  status(): AgentStatus | undefined {
    return this.#agent?.status();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
  }

  async #live(signal: AbortSignal): Promise<void> {
    const { cluster, turns, clock, report } = this.#options;
    for (let wait = firstAgainMs; !signal.aborted; wait = Math.min(wait * 2, longestAgainMs)) {
      try {
        await turns.take(() => this.#boot(signal));
        await this.#work(cluster(), signal);
      } catch (error) {
        if (signal.aborted) return;
        report(error, `machine ${machineKey(this.#machine)}`);
        await pause(clock, wait, signal);
      }
    }
  }

  /** Writes the files of the first boot where that was not done, and joins the cluster. */
  async #boot(signal: AbortSignal): Promise<void> {
    const { root, cluster } = this.#options;
    const { api } = cluster();
    const known = readMachine(root)?.booted;
    const config = known?.config ?? (await this.#firstBoot(signal));
    if (!known) writeMachine(root, { machine: this.#machine, booted: { config } });
    // A Node that was deleted meanwhile comes back with what the machine has now.
    await joinCluster(api.client, this.#joining(loadState(root).config || config));
  }

  async #firstBoot(signal: AbortSignal): Promise<string> {
    const { root, runtime, management, cluster } = this.#options;
    const input = { root, runtime, management, api: cluster().api };
    const machine = this.#machine;
    return 'namespace' in machine ? bootHosted(machine, input, signal) : bootManagement(machine, input);
  }

  async #work(cluster: SimulatedCluster, signal: AbortSignal): Promise<void> {
    const { name } = this.#machine;
    this.#agent ??= new NodeAgent(cluster.api, { ...this.#options, node: name, effects: this.#effects });
    cluster.start(name);
    await this.#agent.run(signal);
    cluster.stop(name);
  }

  async #power(up: boolean): Promise<void> {
    await setReady(this.#options.cluster().api.client, this.#joining(''), up);
  }

  #joining(config: string): Joining {
    const { runtime, clock } = this.#options;
    const { name } = this.#machine;
    const bootId = this.#effects.bootId();
    return { name, labels: labelsOf(this.#machine), config, runtime, bootId, now: clock.now() };
  }
}

const firstAgainMs = 250;
const longestAgainMs = 10_000;

function labelsOf(machine: AnyMachine): Readonly<Record<string, string>> {
  if ('namespace' in machine) return { 'node-role.kubernetes.io/worker': '', ...machine.labels };
  return { [`node-role.kubernetes.io/${machine.pool}`]: '', ...machine.labels };
}

/** The hosted cluster of a machine cannot be reached yet. */
export function guestMissing(namespace: string): CodedError {
  return new CodedError('guest-missing', `the hosted cluster of ${namespace} has no API yet`, {
    hint: 'the machine waits for it',
  });
}
