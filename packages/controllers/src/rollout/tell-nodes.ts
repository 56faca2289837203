import { valueAt } from '@pullpath/api';
import { isConflict, isNotFound } from '@pullpath/kube-client';
import { isTargeting, nodeAnnotations, readNodeState } from '@pullpath/pull-config';
import type { ApiCluster } from '../manager/api-cluster.ts';
import type { LiveObject } from '../manager/live-object.ts';
import { nodes as nodesWatched } from '../resources.ts';

/** Keeps pods that can go elsewhere from a node that will be emptied soon (machine-config-operator `UpdateInProgress`). */
const taint = { key: 'UpdateInProgress', effect: 'PreferNoSchedule' };

/**
 * Tells nodes to take a configuration: `chosen` by their annotation, the others of the pool that do not have it by a taint, so
 * that evicted pods do not land where they would be evicted again.
 */
export async function tellNodes(
  api: ApiCluster,
  nodes: readonly LiveObject[],
  chosen: ReadonlySet<string>,
  target: string,
): Promise<void> {
  const patches = nodes.map((node) => ({ node, patch: patchOf(node, chosen.has(node.metadata.name), target) }));
  await Promise.all(patches.map(async ({ node, patch }) => patch && send(api, node, patch)));
}

function patchOf(node: LiveObject, isChosen: boolean, target: string): object | undefined {
  const isTold = isChosen || isTargeting(readNodeState(node as never), target);
  const taints = taintsOf(node);
  const others = taints.filter((found) => valueAt(found, ['key']) !== taint.key);
  const wanted = isTold ? others : [...others, taint];
  const spec = wanted.length === taints.length ? {} : { spec: { taints: wanted.length === 0 ? null : wanted } };
  const annotations = isChosen ? { annotations: { [nodeAnnotations.desiredConfig]: target } } : {};
  return 'spec' in spec || isChosen ? { metadata: annotations, ...spec } : undefined;
}

function taintsOf(node: LiveObject): readonly unknown[] {
  const taints = valueAt(node, ['spec', 'taints']);
  return Array.isArray(taints) ? taints : [];
}

// The list of taints is replaced as a whole: whoever changed it meanwhile must not lose that.
async function send(api: ApiCluster, { metadata }: LiveObject, patch: object): Promise<void> {
  const { name, resourceVersion } = metadata;
  const body = { ...patch, metadata: { ...(patch as { metadata: object }).metadata, resourceVersion } };
  try {
    await api.client.patch(nodesWatched.resource, { name }, 'merge', body);
  } catch (error) {
    // The node that changed, or is gone, comes by its event.
    if (!isConflict(error) && !isNotFound(error)) throw error;
  }
}
