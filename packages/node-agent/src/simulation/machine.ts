import { Buffer } from 'node:buffer';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { privateDirectory } from '../config/path.ts';
import { readPlain } from '../root/files.ts';
import { type NodeRoot, openRoot } from '../root/node-root.ts';
import { writePrivate } from '../root/state-store.ts';

/** A machine of a NodePool: a Node of the hosted cluster once it has booted. */
export interface HostedMachine {
  /** Control-plane namespace of the hosted cluster. */
  readonly namespace: string;
  readonly nodePool: string;
  /** Name of the machine and of its Node. */
  readonly name: string;
  /** Secret in that namespace with the Ignition configuration that it boots from (key `value`). */
  readonly userData: string;
  /** Labels that its Node starts with. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A machine of the management cluster, which boots from the configuration of its pool. */
export interface ManagementMachine {
  readonly name: string;
  /** MachineConfigPool; the Node carries `node-role.kubernetes.io/<pool>`. */
  readonly pool: string;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

export type AnyMachine = HostedMachine | ManagementMachine;

/** What is remembered of a machine, in its own directory. */
export interface MachineRecord {
  readonly machine: AnyMachine;
  /** Set once its files are written: the MachineConfig that they are of, or nothing. */
  readonly booted?: { readonly config: string } | undefined;
}

const recordPath = `${privateDirectory}/machine.json`;

/** The folder of all machines of a cluster: the control-plane namespace, or `management`. */
export function clusterOf(machine: AnyMachine): string {
  return 'namespace' in machine ? machine.namespace : managementCluster;
}

export const managementCluster = 'management';

/** How reports and metrics name a machine: `<cluster>/<Node>`, which is also its directory below that of all. */
export function machineKey(machine: AnyMachine): string {
  return `${clusterOf(machine)}/${machine.name}`;
}

/** The `/` of a machine. It is thrown away with its machine, so that nothing waits for the disk. */
export function machineRoot(directory: string, key: string): NodeRoot {
  return openRoot(join(directory, key), false);
}

/** The record of the machine that a directory is; undefined for one that is none, or half made. */
export function readMachine(root: NodeRoot): MachineRecord | undefined {
  const text = readPlain(root, recordPath)?.contents.toString();
  return text === undefined ? undefined : JSON.parse(text);
}

/** Remembers a machine; makes its directory. */
export function writeMachine(root: NodeRoot, record: MachineRecord): void {
  mkdirSync(root.directory, { recursive: true });
  writePrivate(root, { path: recordPath, mode: 0o600, contents: Buffer.from(`${JSON.stringify(record)}\n`) });
}
