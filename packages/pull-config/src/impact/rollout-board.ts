import { valueAt } from '@pullpath/api';
import { marks } from '../hypershift/control-plane/names.ts';
import type { KubeObject } from '../model.ts';
import { groupBy } from '../runtimes/group-by.ts';
import { poolOfNode } from './cluster-objects.ts';
import { isDegraded, isDone, isTargeting, isUnavailable, readNodeState } from './node-state.ts';
import { type RolloutPhase, rolloutPhase } from './rollout-phase.ts';

/** Pools and their nodes as someone looks at them who wants to know how a rollout goes. */
export interface RolloutBoard {
  readonly pools: readonly BoardPool[];
}

export interface BoardPool {
  readonly name: string;
  readonly state: 'Updated' | 'Updating' | 'Paused' | 'Held' | 'Degraded';
  /** What there is to know about the state; empty for nothing. */
  readonly message: string;
  /** The configuration that all nodes had last, and the one that they are to have. */
  readonly currentConfig: string;
  readonly targetConfig: string;
  readonly machineCount: number;
  readonly updatedMachineCount: number;
  readonly unavailableMachineCount: number;
  readonly degradedMachineCount: number;
  readonly nodes: readonly BoardNode[];
}

export interface BoardNode {
  readonly name: string;
  readonly phase: RolloutPhase;
  readonly currentConfig: string;
  /** Why it is degraded; empty when it is not. */
  readonly reason: string;
  /** Files that are not as they were written; empty for none. */
  readonly drift: string;
}

/** The MachineConfigPools of a cluster, by name. Nodes that no pool selects are in `worker`. */
export function rolloutBoard(pools: readonly KubeObject[], nodes: readonly KubeObject[]): RolloutBoard {
  const members = groupBy(nodes, (node) => poolOfNode(pools, node) ?? 'worker');
  return { pools: byName(pools).map((pool) => boardPool(pool, members.get(nameOf(pool)) ?? [])) };
}

/** The NodePools of a hosted cluster, by name, with its Nodes. */
export function nodePoolBoard(nodePools: readonly KubeObject[], nodes: readonly KubeObject[]): RolloutBoard {
  const members = groupBy(nodes, (node) => node.metadata.labels?.[marks.nodePool] ?? '');
  return { pools: byName(nodePools).map((pool) => boardNodePool(pool, members.get(nameOf(pool)) ?? [])) };
}

/** Whether somebody should look: a pool that does not go on by itself, a node that has failed, or has drifted. */
export function needsAttention({ pools }: RolloutBoard): boolean {
  return pools.some(
    ({ state, nodes }) =>
      state === 'Held' ||
      state === 'Degraded' ||
      nodes.some(({ phase, drift }) => phase === 'Degraded' || drift !== ''),
  );
}

function boardPool(pool: KubeObject, nodes: readonly KubeObject[]): BoardPool {
  const currentConfig = textAt(pool, ['status', 'configuration', 'name']);
  const targetConfig = textAt(pool, ['spec', 'configuration', 'name']);
  return {
    name: nameOf(pool),
    ...poolState(pool),
    currentConfig,
    targetConfig,
    ...countsOf(nodes, targetConfig),
    nodes: byName(nodes).map((node) => boardNode(node, targetConfig)),
  };
}

function poolState(pool: KubeObject): Pick<BoardPool, 'state' | 'message'> {
  if (isTrue(pool, 'Degraded'))
    return { state: 'Degraded', message: messageOf(pool, 'RenderDegraded') || messageOf(pool, 'NodeDegraded') };
  if (isTrue(pool, 'Held')) return { state: 'Held', message: messageOf(pool, 'Held') };
  if (isTrue(pool, 'Updated')) return { state: 'Updated', message: '' };
  const isPaused = valueAt(pool, ['spec', 'paused']) === true;
  return isPaused ? { state: 'Paused', message: messageOf(pool, 'Updating') } : { state: 'Updating', message: '' };
}

function boardNodePool(pool: KubeObject, nodes: readonly KubeObject[]): BoardPool {
  const targets = [...new Set(nodes.map((node) => readNodeState(node).desiredConfig))].filter((name) => name !== '');
  const targetConfig = targets.length === 1 ? (targets[0] ?? '') : '';
  const done = new Set(nodes.map((node) => readNodeState(node).currentConfig));
  return {
    name: nameOf(pool),
    ...nodePoolState(pool),
    currentConfig: done.size === 1 ? ([...done][0] ?? '') : '',
    targetConfig,
    ...countsOf(nodes, targetConfig),
    // Each node by what it was told: which payload is the newest, the management cluster alone knows.
    nodes: byName(nodes).map((node) => boardNode(node, readNodeState(node).desiredConfig)),
  };
}

function nodePoolState(pool: KubeObject): Pick<BoardPool, 'state' | 'message'> {
  const faulty = ['ValidMachineConfig', 'ValidMirrorConfig'].find(
    (type) => conditionAt(pool, type)?.status === 'False',
  );
  if (faulty !== undefined) return { state: 'Degraded', message: messageOf(pool, faulty) };
  if (valueAt(pool, ['spec', 'pausedUntil']) !== undefined) return { state: 'Paused', message: '' };
  const isUpdating = isTrue(pool, 'UpdatingConfig') || isTrue(pool, 'UpdatingVersion');
  return isUpdating
    ? { state: 'Updating', message: messageOf(pool, 'UpdatingConfig') }
    : { state: 'Updated', message: '' };
}

function countsOf(nodes: readonly KubeObject[], target: string) {
  const states = nodes.map(readNodeState);
  return {
    machineCount: nodes.length,
    updatedMachineCount: states.filter((node) => isDone(node) && isTargeting(node, target)).length,
    unavailableMachineCount: states.filter(isUnavailable).length,
    degradedMachineCount: states.filter(isDegraded).length,
  };
}

function boardNode(node: KubeObject, target: string): BoardNode {
  const { name, currentConfig, reason } = readNodeState(node);
  const drift = textAt(node, ['metadata', 'annotations', 'pullpath.dev/drift']);
  return { name, phase: rolloutPhase(node, target), currentConfig, reason, drift };
}

interface Condition {
  readonly status: string;
  readonly message: string;
}

function conditionAt(object: KubeObject, type: string): Condition | undefined {
  const conditions = valueAt(object, ['status', 'conditions']);
  const found = (Array.isArray(conditions) ? conditions : []).find((each) => valueAt(each, ['type']) === type);
  return found && { status: String(valueAt(found, ['status'])), message: textAt(found, ['message']) };
}

function isTrue(object: KubeObject, type: string): boolean {
  return conditionAt(object, type)?.status === 'True';
}

function messageOf(object: KubeObject, type: string): string {
  const condition = conditionAt(object, type);
  return condition?.message ?? '';
}

function byName(objects: readonly KubeObject[]): readonly KubeObject[] {
  return [...objects].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}

function nameOf({ metadata }: KubeObject): string {
  return metadata.name ?? '';
}

function textAt(object: unknown, path: readonly string[]): string {
  const value = valueAt(object, path);
  return typeof value === 'string' ? value : '';
}
