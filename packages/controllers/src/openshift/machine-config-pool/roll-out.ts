import { valueAt } from '@pullpath/api';
import {
  nextNodes,
  type RolloutBounds,
  type RolloutHold,
  readNodeState,
  unavailableLimit,
} from '@pullpath/pull-config';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { located } from '../../manager/located.ts';
import { rolloutMarks, tellNodes } from '../../rollout/index.ts';

/** Why nodes of a pool do not get what it asks for until an administrator decides. */
export interface Held {
  readonly reason: string;
  readonly message: string;
}

/** Tells the next nodes of a pool. Gives what holds the others back, if an administrator has to decide. */
export async function rollOut(
  api: ApiCluster,
  pool: LiveObject,
  nodes: readonly LiveObject[],
): Promise<Held | undefined> {
  const bounds = boundsOf(pool, nodes.length);
  if ('message' in bounds) return bounds;
  const { target } = bounds;
  if (target === '') return undefined;
  const { next, hold } = nextNodes(
    nodes.map((node) => readNodeState(located(node).object)),
    bounds,
  );
  const chosen = new Set(next.map(({ name }) => name));
  for (const name of await tellNodes(api, nodes, { chosen, target, isHeld: hold !== undefined }))
    api.event(pool, { type: 'Normal', reason: 'SetDesiredConfig', message: `Targeted node ${name} to ${target}` });
  return hold && holds[hold];
}

const holds: Readonly<Record<RolloutHold, Held | undefined>> = {
  // The status says so already, as upstream's does.
  paused: undefined,
  failures: {
    reason: 'TooManyFailures',
    message: 'as many nodes have failed as the pool allows; repair them, or go back with "pullpath rollout undo"',
  },
  canaries: {
    reason: 'Canaries',
    message: 'the canaries have it; "pullpath rollout resume" lets the others follow',
  },
};

function boundsOf(pool: LiveObject, count: number): RolloutBounds | Held {
  const { name, annotations = {} } = pool.metadata;
  const limit = unavailableLimit(name, valueAt(pool, ['spec', 'maxUnavailable']), count);
  if (typeof limit === 'string') return { reason: 'InvalidMaxUnavailable', message: limit };
  const wrong = [rolloutMarks.canary, rolloutMarks.stopAfterFailures].filter((mark) => !isCount(annotations[mark]));
  if (wrong.length > 0) return { reason: 'InvalidAnnotation', message: `${wrong.join(', ')}: no number above zero` };
  const named = valueAt(pool, ['spec', 'configuration', 'name']);
  const target = typeof named === 'string' ? named : '';
  const isApproved = [rolloutMarks.approved, rolloutMarks.pinned].some((mark) => annotations[mark] === target);
  return {
    target,
    limit,
    paused: valueAt(pool, ['spec', 'paused']) === true,
    canaries: isApproved ? undefined : countAt(annotations, rolloutMarks.canary),
    mostFailures: countAt(annotations, rolloutMarks.stopAfterFailures),
  };
}

function isCount(text: string | undefined): boolean {
  return text === undefined || /^[1-9]\d{0,5}$/.test(text);
}

function countAt(annotations: Readonly<Record<string, string>>, mark: string): number | undefined {
  const text = annotations[mark];
  return text === undefined ? undefined : Number(text);
}
