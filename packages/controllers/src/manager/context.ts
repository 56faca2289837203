import type { Clock, Controller } from '@pullpath/kube-client';
import type { ApiCluster } from './api-cluster.ts';
import type { Guests } from './guests.ts';

/** What every controller is set up with. */
export interface ControllerContext {
  /** The API that resources are declared on. */
  readonly management: ApiCluster;
  /** The APIs of hosted clusters. */
  readonly guests: Guests;
  readonly clock: Clock;
  /** Told of every failure; the work is tried again. */
  readonly report: (error: unknown, doing: string) => void;
  readonly settings: ControllerSettings;
}

/** What an administrator can set for the controllers. */
export interface ControllerSettings {
  /** Address that nodes of hosted clusters get their configuration from, like `https://127.0.0.1:8443/ignition`. */
  readonly ignitionUrl?: string | undefined;
  /** The authority that signed the certificate of that address, PEM. */
  readonly ignitionCa?: string | undefined;
  /** Release from which hosted clusters take tag mirrors; 4.21.0 unless set (hypershift 2.5). */
  readonly tagMirrorMinVersion?: string | undefined;
  /** Whether `<cluster>-image-tag-mirrors` records are written on the management cluster (hypershift 2.11). */
  readonly managementTagMirrorObjects?: 'auto' | 'disabled' | undefined;
  /** Milliseconds for which rules must stay as they are before nodes are told of them; 1,000 unless set (upstream: 5,000). */
  readonly settleMs?: number | undefined;
  /** Who makes and removes the machines of NodePools; without one their nodes come from elsewhere. */
  readonly machines?: MachineProvider | undefined;
}

/** A machine of a NodePool, which becomes a Node of the hosted cluster when it has booted. */
export interface Machine {
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

/** Makes machines as a cloud would. Both calls may be repeated: what is there already, or gone, is success. */
export interface MachineProvider {
  create(machine: Machine): Promise<void>;
  /** Ends the machine; its Node is deleted by who asks for this. */
  remove(machine: Pick<Machine, 'namespace' | 'name'>): Promise<void>;
}

/** One controller: a folder that exports one of these. */
export interface ControllerDefinition {
  /** As `--controllers` names it. */
  readonly name: string;
  readonly description: string;
  /** Makes it ready to run; `context.management.watch` and `guests.keys` give its sources. */
  readonly setup: (context: ControllerContext) => Controller;
}
