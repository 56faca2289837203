import type { NodeFile } from '../model.ts';
import { type NodePulls, nodePullContext } from '../pull/node-pull-context.ts';
import type { ImageUse } from './image-list.ts';
import type { PlannedPool } from './plan.ts';
import { comparePulls, type PullChange, type PullChanges } from './pull-changes.ts';

/** What becomes of running images on the nodes of any of the pools: of each image the worst. */
export function planPulls(pools: readonly PlannedPool[], images: readonly ImageUse[]): PullChanges {
  if (images.length === 0) return { same: 0, moved: 0, failing: 0, details: [] };
  const [first, ...others] = distinctSides(pools).map(({ before, after }) => comparePulls(images, before, after));
  if (first === undefined) throw new Error('images are planned without a pool to run them');
  return others.length === 0 ? first : worstOf(images, [first, ...others]);
}

interface Sides {
  readonly before: NodePulls;
  readonly after: NodePulls;
}

/** Pools whose nodes pull alike are looked at once. */
function distinctSides(pools: readonly PlannedPool[]): readonly Sides[] {
  const contexts = new Map<string, NodePulls>();
  const contextOf = (files: readonly NodeFile[]): NodePulls => {
    const key = JSON.stringify(files.filter(decidesPulls));
    const context = contexts.get(key) ?? nodePullContext(files);
    contexts.set(key, context);
    return context;
  };
  const sides = pools.map(({ before, after }) => ({ before: contextOf(before.files), after: contextOf(after.files) }));
  return sides.filter((side, index) => index === sides.findIndex((other) => isSame(side, other)));
}

function decidesPulls({ path }: NodeFile): boolean {
  return !path.startsWith('/etc/crio/crio.conf.d/') && path !== '/etc/containers/storage.conf';
}

function isSame(left: Sides, right: Sides): boolean {
  return left.before === right.before && left.after === right.after;
}

const rank = { moved: 1, failing: 2 } as const;

function worstOf(images: readonly ImageUse[], pools: readonly PullChanges[]): PullChanges {
  const numbers = { same: 0, moved: 0, failing: 0 };
  const byUse = pools.map(({ details }) => new Map(details.map((detail) => [keyOf(detail), detail])));
  const details = images.flatMap((use): PullChange[] => {
    const found = byUse.flatMap((changes) => changes.get(keyOf(use)) ?? []);
    const [worst] = found.sort((left, right) => rank[right.change] - rank[left.change]);
    numbers[worst?.change ?? 'same'] += use.count;
    return worst === undefined ? [] : [worst];
  });
  return { ...numbers, details };
}

function keyOf({ image, namespace }: Pick<ImageUse, 'image' | 'namespace'>): string {
  return `${namespace ?? ''}\n${image}`;
}
