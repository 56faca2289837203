import { valueAt } from '@pullpath/api';
import { type Change, Controller, keyOf, objectKey, type Source } from '@pullpath/kube-client';
import { marks } from '@pullpath/pull-config';
import type { ControllerContext, ControllerDefinition } from '../../manager/context.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { isSame } from '../../manager/same.ts';
import { configMaps, machineConfigs, nodes } from '../../resources.ts';
import { failureLimits as limits } from '../failure-limits.ts';
import { hostedClusters, hostedControlPlanes, nodePools, operatorSecrets } from '../resources.ts';
import { guestArrivals } from '../synced-guests.ts';
import { managementViews } from '../views.ts';
import { nodePoolReconciler } from './reconcile.ts';
import { poolCollections } from './surroundings.ts';

/** NodePools: what their nodes are to have, the Secrets that machines boot from, and the rollout (hypershift 1.6-1.10). */
export const nodePool: ControllerDefinition = {
  name: 'node-pool',
  description: 'NodePools to payloads, machines and rollouts',
  setup: (context) => {
    const { clock, report } = context;
    const reconcile = nodePoolReconciler(context, managementViews(context));
    return new Controller({ sources: sourcesOf(context), reconcile, limits, report, clock });
  },
};

function sourcesOf({ management, guests }: ControllerContext): readonly Source[] {
  const pools = management.watch(nodePools);
  const clusters = management.watch(hostedClusters);
  const ofCluster = (key: string): readonly string[] => pools.store.byIndex('cluster', key).map(keyOf);
  const ofNamespace = (namespace: string): readonly string[] =>
    clusters.store.byIndex('controlPlane', namespace).flatMap((cluster) => ofCluster(keyOf(cluster)));
  const ofGuest = ({ object: { metadata } }: Change<LiveObject>, namespace: string): readonly string[] => {
    const name = metadata.labels?.[marks.nodePool];
    if (name === undefined) return [];
    return clusters.store
      .byIndex('controlPlane', namespace)
      .map((cluster) => objectKey(name, cluster.metadata.namespace));
  };
  return [
    pools.keys(),
    clusters.keys((change) => (changesSpec(change) ? ofCluster(keyOf(change.object)) : [])),
    management
      .watch(hostedControlPlanes)
      .keys((change) => (changesSpec(change) ? ofNamespace(change.object.metadata.namespace ?? '') : [])),
    management
      .watch(configMaps)
      .keys((change) => [
        ...(changesData(change) ? pools.store.byIndex('config', keyOf(change.object)).map(keyOf) : []),
        ...ofNamespace(change.object.metadata.namespace ?? ''),
      ]),
    management
      .watch(operatorSecrets)
      .keys(({ object }) => [object.metadata.annotations?.[marks.nodePool] ?? []].flat()),
    guestArrivals(guests, poolCollections, ofNamespace),
    guests.keys(nodes, ofGuest),
    guests.keys(machineConfigs, ofGuest),
  ];
}

function changesSpec(change: Change<LiveObject>): boolean {
  if (change.type !== 'updated' || change.cause === 'resync') return true;
  const { old, object } = change;
  if (old.metadata.generation !== object.metadata.generation) return true;
  const deleted = ({ metadata }: LiveObject): unknown => metadata.deletionTimestamp;
  return deleted(old) !== deleted(object) || waits(old) !== waits(object);
}

// New pools wait as long as the cluster says that its mirrors were never accepted.
function waits(object: LiveObject): unknown {
  return valueAt(object, ['status', 'imageMirrorConfig', 'hash']);
}

function changesData(change: Change<LiveObject>): boolean {
  return change.type !== 'updated' || !isSame(change.old['data'], change.object['data']);
}
