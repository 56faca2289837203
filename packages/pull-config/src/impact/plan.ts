import type { OriginPlace } from '@pullpath/api';
import type { Dialect, KubeObject, NodeFile, RegistriesConf, RuleSet } from '../model.ts';
import type { FileChange } from './changed-files.ts';
import type { PullChanges } from './pull-changes.ts';
import type { RolloutEstimate } from './rollout-estimate.ts';
import type { RuleChange } from './rule-changes.ts';

/** The rules of one pool and the files that they give its nodes. */
export interface PoolState {
  readonly rules: RuleSet;
  /** The whole tree, base files included. */
  readonly files: readonly NodeFile[];
  /** The configuration behind registries.conf, so that reasons name rules and not lines of the file. */
  readonly registriesConf?: RegistriesConf | undefined;
  /** Of a NodePool: its nodes change when this does, whatever their files say. */
  readonly rolloutHash?: string | undefined;
}

export interface PlannedPool {
  readonly name: string;
  /** Of the release that the nodes run; the newest when absent. */
  readonly dialect?: Dialect | undefined;
  readonly before: PoolState;
  readonly after: PoolState;
  /** The MachineConfigPool, and the Nodes of the pool, where they are known: they give order and duration. */
  readonly object?: KubeObject | undefined;
  readonly nodes?: readonly KubeObject[] | undefined;
  /** A NodePool with `upgradeType: Replace`: a node is never changed, a new one takes its place. */
  readonly replacesNodes?: boolean | undefined;
}

/** What happens to a node. Reloading systemd itself is a `reload` too; a node that is replaced is drained and booted anew. */
export type PoolAction = 'none' | 'drain' | 'reload' | 'restart' | 'reboot';

/** Why a pool does what it does: a sentence, the file on the node and the rules behind it. */
export interface Because {
  readonly message: string;
  readonly file?: string;
  readonly origins: readonly OriginPlace[];
}

export interface PoolPlan {
  readonly name: string;
  /** What happens on each node, in order. */
  readonly actions: readonly PoolAction[];
  /** Services that are reloaded or restarted. */
  readonly services: readonly string[];
  readonly drain: boolean;
  readonly reboot: boolean;
  /** Set when new nodes take the place of the old ones. */
  readonly replaced?: true;
  readonly because: readonly Because[];
  /** Absent when no node changes. */
  readonly rollout?: RolloutEstimate;
}

/** A file that changes, and the pools on whose nodes it does. */
export interface PlannedFile {
  readonly path: string;
  readonly change: FileChange['change'];
  readonly pools: readonly string[];
}

/** The preview of a change; plain JSON. */
export interface Plan {
  readonly rules: readonly RuleChange[];
  readonly files: readonly PlannedFile[];
  readonly pools: readonly PoolPlan[];
  readonly pulls: PullChanges;
}
