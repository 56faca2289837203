import { valueAt } from '@pullpath/api';
import { objectKey, type ReconcileResult } from '@pullpath/kube-client';
import { controlPlaneNamespace } from '@pullpath/pull-config';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { ownedObjects } from '../../manager/owned-objects.ts';
import { machineConfigs, nodes } from '../../resources.ts';
import { readyGuest } from '../synced-guests.ts';
import { rememberedMachines } from './machines.ts';
import { nodesOf } from './nodes.ts';
import { secretsOf } from './payload.ts';
import type { Environment } from './reconcile.ts';
import { removeMachine } from './remove-machine.ts';
import { poolCollections, type Surroundings, surroundingsOf } from './surroundings.ts';

/** Keeps a NodePool until its machines have gone. */
export const finalizer = 'hypershift.openshift.io/finalizer';

/** Machines first, emptied as long as their cluster goes on, then the Secrets that they booted from. */
export async function cleanUp(environment: Environment, pool: LiveObject): Promise<ReconcileResult> {
  const { views } = environment;
  if (!pool.metadata.finalizers?.includes(finalizer)) return {};
  const surroundings = surroundingsOf(views, pool);
  const { api } = surroundings ? readyGuest(environment.context.guests, surroundings.namespace, poolCollections) : {};
  const isCleared = await removeMachines(environment, pool, surroundings, api);
  if (!isCleared) return { requeueAfterMs: 5_000 };
  for (const secret of secretsOf(views, pool)) await views.secrets.remove(secret);
  if (api) await removeConfigs(api, pool);
  const finalizers = pool.metadata.finalizers.filter((name) => name !== finalizer);
  await views.nodePools.patchMetadata(
    views.nodePools.get(objectKey(pool.metadata.name, pool.metadata.namespace)) ?? pool,
    {
      finalizers,
    },
  );
  return {};
}

async function removeMachines(
  environment: Environment,
  pool: LiveObject,
  surroundings: Surroundings | undefined,
  api: ApiCluster | undefined,
): Promise<boolean> {
  const { context } = environment;
  const names = new Set([
    ...rememberedMachines(pool).map(({ name }) => name),
    ...(api ? nodesOf(api, pool).keys() : []),
  ]);
  const isEnding = surroundings?.cluster.metadata.deletionTimestamp !== undefined;
  const since = pool.metadata.deletionTimestamp;
  let left = 0;
  for (const name of names) {
    const machine = { name, hash: '', joined: true, leavingSince: since };
    if (surroundings && api && !isEnding)
      left += Number(!(await removeMachine(environment, surroundings, api, machine)));
    else await removeAtOnce(context.settings.machines, api, namespaceOf(pool), name);
  }
  return left === 0;
}

async function removeAtOnce(
  provider: Environment['context']['settings']['machines'],
  api: ApiCluster | undefined,
  namespace: string,
  name: string,
): Promise<void> {
  await provider?.remove({ namespace, name });
  const node = api && ownedObjects(api, nodes).get(name);
  if (node) await ownedObjects(api, nodes).remove(node);
}

async function removeConfigs(api: ApiCluster, pool: LiveObject): Promise<void> {
  const configs = ownedObjects(api, machineConfigs);
  for (const config of configs.byIndex('nodePool', pool.metadata.name)) await configs.remove(config);
}

function namespaceOf(pool: LiveObject): string {
  const name = valueAt(pool, ['spec', 'clusterName']);
  return controlPlaneNamespace({ namespace: pool.metadata.namespace ?? '', name: String(name) });
}
