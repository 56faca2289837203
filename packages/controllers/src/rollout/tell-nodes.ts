import { valueAt } from '@pullpath/api';
import { isTargeting, nodeAnnotations, readNodeState } from '@pullpath/pull-config';
import type { ApiCluster } from '../manager/api-cluster.ts';
import type { LiveObject } from '../manager/live-object.ts';
import { located } from '../manager/located.ts';
import { ownedObjects } from '../manager/owned-objects.ts';
import { nodes as nodesWatched } from '../resources.ts';

/** Keeps pods that can go elsewhere from a node that will be emptied soon (machine-config-operator `UpdateInProgress`). */
const taint = { key: 'UpdateInProgress', effect: 'PreferNoSchedule' };

/** What nodes are told. */
export interface Telling {
  /** Names of those that take it now. */
  readonly chosen: ReadonlySet<string>;
  /** The configuration. */
  readonly target: string;
  /** Whether the others wait for an administrator: pods may well go to them. */
  readonly isHeld?: boolean | undefined;
}

/**
 * Tells nodes to take a configuration: those chosen by their annotation, the others of the pool that do not have it by a taint, so
 * that evicted pods do not land where they would be evicted again. Give nodes as `ownedObjects` has them: who was told a
 * moment ago counts, though the cache is behind. Resolves with the names of those that were told; one that changed meanwhile
 * comes again by its event.
 */
export async function tellNodes(
  api: ApiCluster,
  nodes: readonly LiveObject[],
  { chosen, target, isHeld = false }: Telling,
): Promise<readonly string[]> {
  const owned = ownedObjects(api, nodesWatched);
  const told = await Promise.all(
    nodes.map(async (node) => {
      const isTold = chosen.has(node.metadata.name);
      const patch = patchOf(node, isTold, isTold || isHeld || hasIt(node, target), target);
      // The list of taints is replaced as a whole: nobody may have changed it.
      const done = patch && (await owned.patchUnchanged(node, patch));
      return done && isTold ? [node.metadata.name] : [];
    }),
  );
  return told.flat();
}

function hasIt(node: LiveObject, target: string): boolean {
  return isTargeting(readNodeState(located(node).object), target);
}

function patchOf(node: LiveObject, isChosen: boolean, takesPods: boolean, target: string) {
  const taints = taintsOf(node);
  const others = taints.filter((found) => valueAt(found, ['key']) !== taint.key);
  const wanted = takesPods ? others : [...others, taint];
  const spec = wanted.length === taints.length ? {} : { spec: { taints: wanted.length === 0 ? null : wanted } };
  const annotations = isChosen ? { annotations: { [nodeAnnotations.desiredConfig]: target } } : {};
  return 'spec' in spec || isChosen ? { metadata: annotations, ...spec } : undefined;
}

function taintsOf(node: LiveObject): readonly unknown[] {
  const taints = valueAt(node, ['spec', 'taints']);
  return Array.isArray(taints) ? taints : [];
}
