import { valueAt } from '@pullpath/api';
import { Controller, type KubeClient, systemClock } from '@pullpath/kube-client';
import {
  type NodeFile,
  nodeAnnotations,
  type RolloutDecision,
  readDataUrlBytes,
  rolloutDecision,
} from '@pullpath/pull-config';
import { onTestFinished } from 'vitest';
import { ApiCluster, type LiveObject } from '../../src/index.ts';
import { machineConfigs, nodes } from '../../src/resources.ts';
import { drainMarks } from '../../src/rollout/drain/marks.ts';

/** What an agent did with its node. */
export interface AgentDeed {
  readonly node: string;
  readonly config: string;
  readonly decision: RolloutDecision;
}

export interface FakeAgents {
  readonly deeds: AgentDeed[];
  /** The files of a node. */
  filesOf(node: string): readonly NodeFile[];
  /** Nodes that fail at what they are told, by `node config`; or `*` for every node. */
  readonly failing: Set<string>;
  /** Agents that do nothing for now. */
  readonly silent: Set<string>;
  /** Whether no agent has anything to do. */
  isIdle(): boolean;
  stop(): Promise<void>;
}

/** One agent for each Node, which keeps to docs/decisions/how-controllers-and-agents-talk.md and has no disk. */
export function startFakeAgents(client: KubeClient, report: (error: unknown) => void): FakeAgents {
  const ending = new AbortController();
  const api = new ApiCluster({ name: '', client, component: 'agent', instance: 'agent', report });
  const agents: State = { api, taken: new Map(), deeds: [], failing: new Set(), silent: new Set() };
  const controller = new Controller({
    sources: [api.watch(nodes).keys(), api.watch(machineConfigs).keys(() => api.watch(nodes).store.keys())],
    reconcile: async (name) => act(agents, name),
    report,
    clock: systemClock,
  });
  const ended = Promise.all([api.run(ending.signal), controller.run(ending.signal)]);
  const stop = async (): Promise<void> => {
    ending.abort();
    await ended;
  };
  onTestFinished(stop);
  const filesOf = (node: string): readonly NodeFile[] => filesIn(agents, agents.taken.get(node) ?? '');
  const isIdle = (): boolean => {
    const { depth, processing } = controller.metrics().queue;
    return depth === 0 && processing === 0;
  };
  return { ...agents, filesOf, isIdle, stop };
}

interface State extends Pick<FakeAgents, 'deeds' | 'failing' | 'silent'> {
  readonly api: ApiCluster;
  /** The configuration on each node's disk. */
  readonly taken: Map<string, string>;
}

async function act(state: State, name: string): Promise<void> {
  const node = state.api.watch(nodes).store.get(name);
  if (!node || state.silent.has(name)) return;
  const report = nextReport(state, node);
  const differs = Object.entries(report).some(([key, value]) => annotation(node, key) !== (value ?? ''));
  if (differs) await state.api.client.patch(nodes.resource, { name }, 'merge', { metadata: { annotations: report } });
}

function nextReport(state: State, node: LiveObject): Record<string, string | null> {
  const { name } = node.metadata;
  const desired = annotation(node, nodeAnnotations.desiredConfig);
  if (desired === '' || !state.api.watch(machineConfigs).store.get(desired)) return {};
  const taken = state.taken.get(name) ?? annotation(node, nodeAnnotations.currentConfig);
  if (taken === desired) return settle(node, desired);
  if (['*', `${name} ${desired}`].some((key) => state.failing.has(key)))
    return { [nodeAnnotations.state]: 'Degraded', [nodeAnnotations.reason]: 'the disk is full' };
  const decision = rolloutDecision(filesIn(state, taken), filesIn(state, desired));
  const drain = `drain-${desired}`;
  const working = { [nodeAnnotations.state]: 'Working', [nodeAnnotations.reason]: null };
  const waits = taken !== '' && decision.drain && annotation(node, drainMarks.lastApplied) !== drain;
  if (waits) return { ...working, [drainMarks.desired]: drain };
  state.taken.set(name, desired);
  state.deeds.push({ node: name, config: desired, decision });
  return { ...working, [drainMarks.desired]: `uncordon-${desired}` };
}

function settle(node: LiveObject, config: string): Record<string, string | null> {
  const uncordon = `uncordon-${config}`;
  const asked = annotation(node, drainMarks.desired);
  if (asked !== uncordon && asked.startsWith('drain-')) return { [drainMarks.desired]: uncordon };
  if (asked === uncordon && annotation(node, drainMarks.lastApplied) !== uncordon) return {};
  return {
    [nodeAnnotations.currentConfig]: config,
    [nodeAnnotations.state]: 'Done',
    [nodeAnnotations.reason]: null,
  };
}

function filesIn({ api }: State, config: string): readonly NodeFile[] {
  const found = api.watch(machineConfigs).store.get(config);
  const files = valueAt(found, ['spec', 'config', 'storage', 'files']);
  return (Array.isArray(files) ? files : []).map(({ path, mode, contents }) => ({
    path,
    mode,
    contents: new TextDecoder().decode(readDataUrlBytes(contents.source)),
  }));
}

function annotation({ metadata }: LiveObject, key: string): string {
  return metadata.annotations?.[key] ?? '';
}
