import { valueAt } from '@pullpath/api';
import { CodedError } from '@pullpath/diagnostics';
import { maxUnavailable, nextNodes, type RolloutHold, readNodeState } from '@pullpath/pull-config';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { rolloutMarks, tellNodes } from '../../rollout/index.ts';

/** Tells the next nodes of a pool. Gives what holds the others back, if an administrator has to decide. */
export async function rollOut(
  api: ApiCluster,
  pool: LiveObject,
  nodes: readonly LiveObject[],
): Promise<RolloutHold | undefined> {
  const target = textAt(pool, ['spec', 'configuration', 'name']);
  const { next, hold } = nextNodes(
    nodes.map((node) => readNodeState(node as never)),
    {
      target,
      limit: limitOf(pool, nodes.length),
      paused: valueAt(pool, ['spec', 'paused']) === true,
      ...steeringOf(pool, target),
    },
  );
  // A pool that is paused, or has nothing to tell, is left as it is.
  if (target !== '' && hold !== 'paused') await tellNodes(api, nodes, new Set(next.map(({ name }) => name)), target);
  return hold;
}

function limitOf(pool: LiveObject, count: number): number {
  const wanted = valueAt(pool, ['spec', 'maxUnavailable']);
  const limit = typeof wanted === 'number' || typeof wanted === 'string' ? wanted : undefined;
  return maxUnavailable({ name: pool.metadata.name, maxUnavailable: limit }, count);
}

function steeringOf({ metadata: { annotations = {} } }: LiveObject, target: string) {
  const canaries = annotations[rolloutMarks.approved] === target ? undefined : countOf(annotations, 'canary');
  return { canaries, mostFailures: countOf(annotations, 'stopAfterFailures') };
}

function countOf(annotations: Readonly<Record<string, string>>, mark: keyof typeof rolloutMarks): number | undefined {
  const text = annotations[rolloutMarks[mark]];
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  const hint = 'give a number of nodes such as "1", or remove the annotation';
  throw new CodedError('invalid-rollout-annotation', `${rolloutMarks[mark]} ${JSON.stringify(text)} is no number`, {
    hint,
  });
}

function textAt(object: LiveObject, path: readonly string[]): string {
  const value = valueAt(object, path);
  return typeof value === 'string' ? value : '';
}
