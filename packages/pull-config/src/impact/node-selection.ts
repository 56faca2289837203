import { CodedError } from '@pullpath/diagnostics';
import { isFailing, isTargeting, isUnavailable, type NodeState } from './node-state.ts';

/** What decides how many nodes of a pool change at once. */
export interface PoolLimits {
  readonly name: string;
  /** `spec.maxUnavailable`: a count, or a share of the nodes such as `25%`. Absent means one. */
  readonly maxUnavailable?: number | string | undefined;
}

/**
 * How many nodes of a pool may be out of work at once: a percentage is rounded down, zero means one, an arbiter pool takes
 * one. Throws a `CodedError` with code `invalid-int-or-percent` for a string that is no percentage.
 */
export function maxUnavailable(pool: PoolLimits, nodeCount: number): number {
  if (pool.name === 'arbiter') return 1;
  const limit = pool.maxUnavailable ?? 1;
  const value = typeof limit === 'number' ? limit : Math.floor((percentage(limit) * nodeCount) / 100);
  return value === 0 ? 1 : value;
}

/** The same for whatever a pool says, or the sentence why no node can change: no percentage, or a limit below one. */
export function unavailableLimit(pool: string, limit: unknown, nodeCount: number): number | string {
  const value = typeof limit === 'number' || typeof limit === 'string' ? limit : undefined;
  try {
    const nodes = maxUnavailable({ name: pool, maxUnavailable: value }, nodeCount);
    return nodes > 0 ? nodes : `maxUnavailable ${value} lets no node change`;
  } catch (error) {
    if (error instanceof CodedError) return error.message;
    throw error;
  }
}

function percentage(limit: string): number {
  const digits = limit.endsWith('%') ? limit.slice(0, -1) : '';
  if (!isInteger(digits)) {
    const hint = 'give a number of nodes or a percentage such as "25%"';
    throw new CodedError('invalid-int-or-percent', `maxUnavailable ${JSON.stringify(limit)} is no percentage`, {
      hint,
    });
  }
  return Number(digits);
}

function isInteger(text: string): boolean {
  const digits = text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text;
  return digits !== '' && Array.from(digits).every((char) => char >= '0' && char <= '9');
}

/** Nodes that may be told to take `target` next, in the order of the pool, and how many of them may be told now. */
export interface Candidates {
  readonly candidates: readonly NodeState[];
  readonly capacity: number;
}

/**
 * Healthy nodes that are not told `target` yet. Nodes that are unavailable, and once more those that already fail at
 * `target`, use up the capacity; without capacity there are no candidates.
 */
export function candidateNodes(nodes: readonly NodeState[], target: string, limit: number): Candidates {
  const failing = nodes.filter((node) => isTargeting(node, target) && isFailing(node)).length;
  const capacity = limit - nodes.filter(isUnavailable).length - failing;
  if (capacity <= 0) return { candidates: [], capacity: 0 };
  return { candidates: nodes.filter((node) => !isTargeting(node, target) && node.ready), capacity };
}

/**
 * The candidates that are told now. Only when there are more than `capacity` does order matter: by zone with unlabelled
 * nodes last, then the oldest first; `deferred`, the node with the operator's own pod, waits while others remain.
 */
export function selectNodes({ candidates, capacity }: Candidates, deferred?: string): readonly NodeState[] {
  const order = deferred === undefined ? candidates : deferNode(candidates, deferred);
  if (order.length <= capacity) return order;
  return deferNode(sortNodes(order), deferred ?? '').slice(0, capacity);
}

function deferNode(nodes: readonly NodeState[], name: string): readonly NodeState[] {
  const others = nodes.filter((node) => node.name !== name);
  return others.length > 0 ? others : nodes;
}

/** By zone, nodes without a zone last, then oldest first; equal nodes keep their order. */
export function sortNodes(nodes: readonly NodeState[]): NodeState[] {
  return [...nodes].sort(
    (left, right) =>
      Number(left.zone === '') - Number(right.zone === '') ||
      compare(left.zone, right.zone) ||
      Date.parse(left.createdAt) - Date.parse(right.createdAt) ||
      0,
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
