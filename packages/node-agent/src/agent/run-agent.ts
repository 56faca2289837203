import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Clock, type KubeClient, systemClock } from '@pullpath/kube-client';
import type { Effects } from '../effects/effects.ts';
import { recorderEffects } from '../effects/recorder.ts';
import { type ReloadBy, systemEffects } from '../effects/system.ts';
import { type NodeRoot, openRoot } from '../root/node-root.ts';
import { AgentApi } from './agent-api.ts';
import type { AgentStatus, NodeAgentOptions } from './agent-options.ts';
import { NodeAgent } from './node-agent.ts';

export interface AgentOptions extends Omit<NodeAgentOptions, 'root' | 'effects' | 'turns'> {
  readonly client: KubeClient;
  /** Directory that is `/` on the node: `/` or `/host` is a machine, any other one stands for it. */
  readonly root: string;
  /** How CRI-O takes its files up; by systemctl unless set. */
  readonly reloadBy?: ReloadBy | undefined;
  /** Instead of those of the machine, or of a recorder. */
  readonly effects?: Effects | undefined;
  readonly clock?: Clock | undefined;
}

/** An agent at work. */
export interface RunningAgent {
  /** Resolves when it has ended. Never rejects. */
  readonly ended: Promise<void>;
  /** Whether it has seen the API once. */
  isReady(): boolean;
  status(): AgentStatus;
}

/** Runs the agent of one node until the signal is aborted. */
export function runAgent(options: AgentOptions, signal: AbortSignal): RunningAgent {
  const { client, node, report, clock = systemClock } = options;
  const root = rootOf(options.root);
  const api = new AgentApi({ client, node, instance: node, report, clock });
  const agent = new NodeAgent(api, { ...options, root, effects: options.effects ?? effectsOf(root, options) });
  const ended = Promise.all([api.run(signal), agent.run(signal)]).then(() => undefined);
  return { ended, isReady: () => api.isSynced, status: () => agent.status() };
}

/** Whether a directory is the root of the machine itself, and not one that stands for a node. */
export function isMachine(directory: string): boolean {
  return ['/', '/host'].includes(resolve(directory));
}

/** What happens on the node of a root beside files: by its systemd on a machine, written down elsewhere. */
export function effectsOf(
  root: NodeRoot,
  { reloadBy = systemctl, clock }: Pick<AgentOptions, 'reloadBy' | 'clock'>,
): Effects {
  return isMachine(root.directory) ? systemEffects(root.directory, reloadBy) : recorderEffects(root, { clock });
}

const systemctl: ReloadBy = { by: 'systemctl' };

function rootOf(directory: string): NodeRoot {
  const path = resolve(directory);
  if (!isMachine(path)) mkdirSync(path, { recursive: true });
  return openRoot(path);
}
