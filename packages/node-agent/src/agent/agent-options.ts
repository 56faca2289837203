import type { Clock } from '@pullpath/kube-client';
import type { NodeRuntime } from '../config/effective-files.ts';
import type { Effects } from '../effects/effects.ts';
import type { NodeRoot } from '../root/node-root.ts';
import type { Turns } from './turns.ts';

/** Whether a file of ours that someone changed is written again, or only told of. */
export type DriftPolicy = 'repair' | 'report';

/** What one agent is made with. */
export interface NodeAgentOptions {
  /** Name of the Node. */
  readonly node: string;
  readonly root: NodeRoot;
  readonly effects: Effects;
  /** Told of every failure; the work is tried again. */
  readonly report: (error: unknown, doing: string) => void;
  /** `crio` unless set. */
  readonly runtime?: NodeRuntime | undefined;
  /** `repair` unless set. */
  readonly drift?: DriftPolicy | undefined;
  /** Milliseconds between two looks at the files, 60,000 unless set. */
  readonly checkMs?: number | undefined;
  /** Milliseconds before a failed change is tried again the first time, 10,000 unless set; each time twice as long. */
  readonly retryMs?: number | undefined;
  /** Bounds how many agents of a process work at a time. */
  readonly turns?: Turns | undefined;
  readonly clock?: Clock | undefined;
}

/** What an agent has done and found, for health and metrics. */
export interface AgentStatus {
  /** The MachineConfig that the Node has, as it says; empty before the first. */
  readonly config: string;
  /** The one that the Node should have, as last seen. */
  readonly desired: string;
  readonly state: string;
  /** Files that are not as they should be, now. */
  readonly drift: readonly string[];
  readonly failure: string | undefined;
  readonly applied: number;
  readonly failed: number;
  readonly repaired: number;
}
