import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { aborted, type Clock, type KubeClient, systemClock } from '@pullpath/kube-client';
import type { AgentStatus, DriftPolicy } from '../agent/agent-options.ts';
import { Turns } from '../agent/turns.ts';
import type { NodeRuntime } from '../config/effective-files.ts';
import { SimulatedCluster } from './cluster.ts';
import {
  type AnyMachine,
  clusterOf,
  type HostedMachine,
  type ManagementMachine,
  machineKey,
  machineRoot,
  managementCluster,
  readMachine,
  writeMachine,
} from './machine.ts';
import { guestMissing, MachineLife } from './machine-life.ts';

export interface SimulatedMachinesOptions {
  /** Holds a directory for each cluster, and in it one for each machine: the `/` of that node. */
  readonly directory: string;
  /** The management API, where Secrets with user data lie. */
  readonly management: KubeClient;
  /**
   * The API of the hosted cluster whose control plane is in a namespace; undefined while there is none. Asked once for the
   * machines of a cluster, and again after `renew`.
   */
  readonly guest: (namespace: string) => KubeClient | undefined;
  /** Told of every failure; machines go on. */
  readonly report: (error: unknown, doing: string) => void;
  /** `crio` unless set. */
  readonly runtime?: NodeRuntime | undefined;
  /** `repair` unless set. */
  readonly drift?: DriftPolicy | undefined;
  /** Milliseconds that a reboot takes, 500 unless set. */
  readonly bootMs?: number | undefined;
  /** Milliseconds between two looks of an agent at its files. */
  readonly checkMs?: number | undefined;
  /** Machines that work at a time, 32 unless set. */
  readonly most?: number | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Machines that are directories: they boot from the Ignition endpoint, join their cluster as Nodes and run a real agent. What
 * there is lies in the directory, so that another process goes on where this one ended. Run it.
 */
export class SimulatedMachines {
  readonly #options: SimulatedMachinesOptions;
  readonly #clock: Clock;
  readonly #turns: Turns;
  readonly #lives = new Map<string, MachineLife>();
  readonly #clusters = new Map<string, SimulatedCluster>();
  #isRunning = false;

  constructor(options: SimulatedMachinesOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#turns = new Turns(options.most ?? 32);
  }

  /** Makes a machine of a NodePool. One that is there already is success. */
  async create(machine: HostedMachine): Promise<void> {
    this.#make(machine);
  }

  /** Ends a machine of a NodePool and its directory. One that is gone is success. */
  async remove({ namespace, name }: Pick<HostedMachine, 'namespace' | 'name'>): Promise<void> {
    await this.#end(namespace, name);
  }

  /** Makes a machine of the management cluster. One that is there already is success. */
  async createManagementMachine(machine: ManagementMachine): Promise<void> {
    this.#make(machine);
  }

  /** Ends a machine of the management cluster; its Node is deleted by who asks for this. */
  async removeManagementMachine(name: string): Promise<void> {
    await this.#end(managementCluster, name);
  }

  /** Has the machines of a hosted cluster start again with its API, which is another client now, or gone. Never rejects. */
  async renew(namespace: string): Promise<void> {
    const keys = [...this.#lives.keys()].filter((key) => key.startsWith(`${namespace}/`));
    await Promise.all(keys.map(async (key) => this.#lives.get(key)?.stop()));
    for (const key of keys) this.#lives.delete(key);
    const cluster = this.#clusters.get(namespace);
    this.#clusters.delete(namespace);
    await cluster?.end();
    // One that was removed meanwhile has no record any more.
    for (const machine of keys.flatMap((key) => machineIn(this.#options.directory, key))) this.#start(machine);
  }

  /** What the agents do, by `<cluster>/<Node>`; machines that boot have none yet. */
  statuses(): ReadonlyMap<string, AgentStatus> {
    const all = [...this.#lives].flatMap(([key, life]) => {
      const status = life.status();
      return status ? [[key, status] as const] : [];
    });
    return new Map(all);
  }

  /** Starts what there is, and all that is made, until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    this.#isRunning = true;
    for (const machine of foundIn(this.#options.directory)) this.#start(machine);
    await aborted(signal);
    this.#isRunning = false;
    await Promise.all([...this.#lives.values()].map((life) => life.stop()));
    await Promise.all([...this.#clusters.values()].map((cluster) => cluster.end()));
  }

  #make(machine: AnyMachine): void {
    const root = machineRoot(this.#options.directory, machineKey(machine));
    if (readMachine(root) === undefined) writeMachine(root, { machine });
    this.#start(machine);
  }

  #start(machine: AnyMachine): void {
    const key = machineKey(machine);
    if (!this.#isRunning || this.#lives.has(key)) return;
    const { directory, management, runtime = 'crio', drift, bootMs = 500, checkMs, report } = this.#options;
    const life = new MachineLife(machine, {
      root: machineRoot(directory, key),
      cluster: () => this.#clusterOf(machine),
      turns: this.#turns,
      clock: this.#clock,
      management,
      runtime,
      drift,
      bootMs,
      checkMs,
      report,
    });
    this.#lives.set(key, life);
  }

  #clusterOf(machine: AnyMachine): SimulatedCluster {
    const name = clusterOf(machine);
    const known = this.#clusters.get(name);
    if (known) return known;
    const client = 'namespace' in machine ? this.#options.guest(machine.namespace) : this.#options.management;
    if (!client) throw guestMissing(name);
    const cluster = new SimulatedCluster({ client, clock: this.#clock, report: this.#options.report });
    this.#clusters.set(name, cluster);
    return cluster;
  }

  async #end(clusterName: string, name: string): Promise<void> {
    const key = `${clusterName}/${name}`;
    await this.#lives.get(key)?.stop();
    this.#lives.delete(key);
    const cluster = this.#clusters.get(clusterName);
    await cluster?.kubelets.forget(name);
    rmSync(join(this.#options.directory, key), { recursive: true, force: true });
    if (!cluster || [...this.#lives.keys()].some((other) => other.startsWith(`${clusterName}/`))) return;
    this.#clusters.delete(clusterName);
    await cluster.end();
  }
}

function foundIn(directory: string): AnyMachine[] {
  const keys = childrenOf(directory).flatMap((cluster) =>
    childrenOf(join(directory, cluster)).map((name) => `${cluster}/${name}`),
  );
  return keys.flatMap((key) => machineIn(directory, key));
}

function machineIn(directory: string, key: string): AnyMachine[] {
  const machine = readMachine(machineRoot(directory, key))?.machine;
  return machine ? [machine] : [];
}

function childrenOf(directory: string): string[] {
  if (!existsSync(directory)) return [];
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
