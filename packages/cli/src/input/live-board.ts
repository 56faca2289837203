import type { KubeObject } from '@pullpath/api';
import {
  Informer,
  isNotFound,
  type KubeClient,
  type Place,
  type Resource,
  type KubeObject as StoredObject,
  systemClock,
} from '@pullpath/kube-client';
import { nodePoolBoard, type RolloutBoard, rolloutBoard } from '@pullpath/pull-config';
import { getObject, hostedClusterNamed, inHostedCluster } from './live-cluster.ts';

export const machineConfigPools: Resource = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  plural: 'machineconfigpools',
  kind: 'MachineConfigPool',
  namespaced: false,
};
const nodePools: Resource = {
  group: 'hypershift.openshift.io',
  version: 'v1beta1',
  plural: 'nodepools',
  kind: 'NodePool',
  namespaced: true,
};
const nodes: Resource = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };

/** Pools and nodes of the management cluster, or of a hosted one. */
export interface BoardOf {
  readonly cluster?: string | undefined;
}

/** The board as it is now. */
export async function readBoard(client: KubeClient, { cluster }: BoardOf): Promise<RolloutBoard> {
  if (cluster === undefined) return rolloutBoard(await listed(client, machineConfigPools), await listed(client, nodes));
  const { isOurs, namespace } = await nodePoolsOf(client, cluster);
  const pools = (await listed(client, nodePools, namespace)).filter(isOurs);
  return inHostedCluster(client, cluster, async (guest) => nodePoolBoard(pools, await listed(guest, nodes)));
}

/** Gives the board whenever it changes, until the signal is aborted. */
export async function watchBoard(
  client: KubeClient,
  { cluster }: BoardOf,
  give: (board: RolloutBoard) => void,
  signal: AbortSignal,
): Promise<void> {
  if (cluster === undefined)
    return watchBoth(
      { client, resource: machineConfigPools },
      client,
      (...both) => give(rolloutBoard(...both)),
      signal,
    );
  const { isOurs, namespace } = await nodePoolsOf(client, cluster);
  await inHostedCluster(client, cluster, async (guest) =>
    watchBoth(
      { client, resource: nodePools, namespace },
      guest,
      (pools, members) => give(nodePoolBoard(pools.filter(isOurs), members)),
      signal,
    ),
  );
}

interface PoolSource {
  readonly client: KubeClient;
  readonly resource: Resource;
  readonly namespace?: string | undefined;
}

const pauseMs = 200;

/** A burst of changes is one board. */
async function watchBoth(
  pools: PoolSource,
  ofNodes: KubeClient,
  give: (pools: readonly KubeObject[], nodes: readonly KubeObject[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const common = { clock: systemClock, report: () => {} };
  const all = [new Informer({ ...common, ...pools }), new Informer({ ...common, client: ofNodes, resource: nodes })];
  let isDue = false;
  const show = (): void => {
    isDue = false;
    if (!signal.aborted) give(itemsOf(all[0]), itemsOf(all[1]));
  };
  const running = all.map(async (informer) => informer.run(signal));
  await Promise.all(all.map(async (informer) => informer.synced(signal)));
  for (const { store } of all)
    store.onChange(() => {
      if (!isDue) setTimeout(show, pauseMs).unref();
      isDue = true;
    });
  show();
  await Promise.all(running);
}

function itemsOf(informer: Informer<StoredObject> | undefined): readonly KubeObject[] {
  return (informer?.store.list() ?? []) as unknown as readonly KubeObject[];
}

export interface FoundPool {
  readonly resource: Resource;
  readonly place: Place;
  readonly pool: KubeObject;
}

/** The pool of that name: a MachineConfigPool, or a NodePool of the HostedCluster. Rejects with `object-not-found`. */
export async function poolNamed(client: KubeClient, name: string, { cluster }: BoardOf): Promise<FoundPool> {
  const resource = cluster === undefined ? machineConfigPools : nodePools;
  const namespace = cluster === undefined ? {} : { namespace: (await nodePoolsOf(client, cluster)).namespace };
  const place = { ...namespace, name };
  return { resource, place, pool: (await getObject(client, resource, place)) as unknown as KubeObject };
}

async function nodePoolsOf(client: KubeClient, cluster: string) {
  const { namespace, name } = (await hostedClusterNamed(client, cluster)).metadata;
  const isOurs = (pool: KubeObject): boolean =>
    (pool['spec'] as { readonly clusterName?: string } | undefined)?.clusterName === name;
  return { namespace, isOurs };
}

// A cluster without the definition of a kind has none of it.
async function listed(client: KubeClient, of: Resource, namespace?: string): Promise<readonly KubeObject[]> {
  try {
    const { items } = await client.list(of, namespace === undefined ? {} : { namespace });
    return items as unknown as readonly KubeObject[];
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}
