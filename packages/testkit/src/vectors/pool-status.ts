import { CodedError } from '@pullpath/diagnostics';
import {
  calculatePoolStatus,
  candidateNodes,
  isUnavailable,
  type KubeObject,
  maxUnavailable,
  type NodeState,
  readNodeState,
  selectNodes,
  sortNodes,
} from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

interface Input {
  readonly pool: KubeObject & { spec: { maxUnavailable?: number | string; configuration: { name?: string } } };
  readonly nodes: readonly KubeObject[];
}

export const poolStatus: Area = {
  poolRollout: ({ pool, nodes }: Input) => {
    const states = nodes.map(readNodeState);
    const unavailable = namesOf(states.filter(isUnavailable));
    return { ...orError(() => selection(pool, states)), unavailable, status: statusOf(pool, states) };
  },
  calculateStatus: ({ pool, nodes }: Input) => statusOf(pool, nodes.map(readNodeState)),
  candidates: ({ pool, nodes, maxUnavailable: limit }: Input & { maxUnavailable: number }) => {
    const { candidates, capacity } = candidateNodes(nodes.map(readNodeState), targetOf(pool), limit);
    return { candidates: namesOf(candidates), capacity };
  },
  maxUnavailable: ({ pool, nodeCount }: Input & { nodeCount: number }) =>
    orError(() => ({ value: maxUnavailable(limitsOf(pool), nodeCount) })),
  sortNodes: ({ nodes }: Input) => ({ order: namesOf(sortNodes(nodes.map(readNodeState))) }),
  unavailableNodes: ({ nodes }: Input) => ({ unavailable: namesOf(nodes.map(readNodeState).filter(isUnavailable)) }),
};

function selection(pool: Input['pool'], states: readonly NodeState[]): object {
  const limit = maxUnavailable(limitsOf(pool), states.length);
  const found = candidateNodes(states, targetOf(pool), limit);
  return {
    maxUnavailable: limit,
    candidates: namesOf(found.candidates),
    capacity: found.capacity,
    selected: namesOf(selectNodes(found)),
  };
}

// The recorded conditions have neither reason nor time.
function statusOf(pool: KubeObject, states: readonly NodeState[]): object {
  const status = calculatePoolStatus(pool, states);
  return { ...status, conditions: status.conditions.map(({ type, status, message }) => ({ type, status, message })) };
}

function orError(answer: () => object): object {
  try {
    return answer();
  } catch (error) {
    if (error instanceof CodedError) return { error: { code: error.code } };
    throw error;
  }
}

function limitsOf(pool: Input['pool']): { name: string; maxUnavailable: number | string | undefined } {
  return { name: pool.metadata.name ?? '', maxUnavailable: pool.spec.maxUnavailable };
}

function targetOf(pool: Input['pool']): string {
  return pool.spec.configuration.name ?? '';
}

function namesOf(nodes: readonly NodeState[]): string[] {
  return nodes.map(({ name }) => name);
}
