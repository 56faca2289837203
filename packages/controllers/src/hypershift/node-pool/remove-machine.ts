import { drainForRemoval, durationMs } from '@pullpath/pull-config';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { ownedObjects } from '../../manager/owned-objects.ts';
import { nodes } from '../../resources.ts';
import { drainMarks } from '../../rollout/drain/marks.ts';
import { textAt } from '../read-object.ts';
import type { RememberedMachine } from './machines.ts';
import type { Environment } from './reconcile.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Takes a machine away when its node is empty: the drain controller is asked through the node's annotations. True when it
 * has gone. A node that cannot be emptied goes all the same after the pool's `nodeDrainTimeout`.
 */
export async function removeMachine(
  { context }: Environment,
  { pool, namespace }: Surroundings,
  api: ApiCluster,
  { name, leavingSince }: RememberedMachine,
): Promise<boolean> {
  const view = ownedObjects(api, nodes);
  const node = view.get(name);
  if (node && !isEmpty(node) && !isOverdue(pool, leavingSince, context.clock.now())) {
    await view.patchMetadata(node, { annotations: { [drainMarks.desired]: drainForRemoval } });
    return false;
  }
  await context.settings.machines?.remove({ namespace, name });
  if (node) await view.remove(node);
  return true;
}

function isEmpty({ metadata }: LiveObject): boolean {
  return metadata.annotations?.[drainMarks.lastApplied] === drainForRemoval;
}

/** 0 and nothing mean that there is no limit. */
function isOverdue(pool: LiveObject, since: string | undefined, now: number): boolean {
  const limit = durationMs(textAt(pool, ['spec', 'nodeDrainTimeout'])) ?? 0;
  return limit > 0 && since !== undefined && now - Date.parse(since) > limit;
}
