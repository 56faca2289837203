import { candidateNodes, selectNodes } from './node-selection.ts';
import { isDegraded, isFailing, isTargeting, isUnavailable, type NodeState } from './node-state.ts';

/** What bounds the next step of a rollout. */
export interface RolloutBounds {
  /** The configuration that nodes are to have; empty for none. */
  readonly target: string;
  /** Nodes that may be out of work at once. */
  readonly limit: number;
  readonly paused?: boolean | undefined;
  /** Nodes that may have the target before someone has approved it; absent for all. */
  readonly canaries?: number | undefined;
  /** Nodes whose update may fail before no other is told; absent for any number. */
  readonly mostFailures?: number | undefined;
}

/** Why no further node is told though some do not have the target yet. */
export type RolloutHold = 'paused' | 'failures' | 'canaries';

/**
 * The nodes that are told to take the target now, and what holds the others back for a decision of an administrator. Nodes
 * that are out of work already and can only come back by the target are told at once: they take nothing from the capacity.
 */
export function nextNodes(
  nodes: readonly NodeState[],
  { target, limit, paused = false, canaries = nodes.length, mostFailures = Number.POSITIVE_INFINITY }: RolloutBounds,
): { readonly next: readonly NodeState[]; readonly hold?: RolloutHold | undefined } {
  const left = nodes.filter((node) => !isTargeting(node, target));
  if (target === '' || left.length === 0) return { next: [] };
  if (paused) return { next: [], hold: 'paused' };
  const told = nodes.filter((node) => isTargeting(node, target));
  if (told.filter(isDegraded).length >= mostFailures) return { next: [], hold: 'failures' };
  const allowed = Math.max(0, canaries - told.length);
  if (allowed === 0) return { next: [], hold: 'canaries' };
  const stranded = left.filter((node) => isStranded(node, target)).slice(0, allowed);
  const { candidates, capacity } = candidateNodes(nodes.map(asSettled), target, limit);
  const others = candidates.filter(({ name }) => !stranded.some((node) => node.name === name));
  const chosen = selectNodes({ candidates: others, capacity: Math.min(capacity, allowed - stranded.length) });
  return { next: [...stranded, ...chosen] };
}

// Cordoned for a configuration that failed, or on the way from the target to another one, like one whose drain never ends.
function isStranded(node: NodeState, target: string): boolean {
  return isUnavailable(node) && (isFailing(node) || (node.currentConfig === target && node.desiredConfig !== ''));
}

// A node that nobody has told anything yet works as it is: it waits its turn like every other.
function asSettled(node: NodeState): NodeState {
  if (node.desiredConfig !== '' || node.currentConfig !== '' || node.state !== '') return node;
  return { ...node, currentConfig: unmanaged, desiredConfig: unmanaged, state: 'Done' };
}

const unmanaged = '(none)';
