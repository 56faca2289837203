import type { LocatedObject } from '@pullpath/api';
import type { Scope } from '../model.ts';
import { hostedClusterKind, nodePoolsOf } from './hosted-objects.ts';
import { objectsOfKind } from './objects.ts';
import { declaredPools } from './pools.ts';

/**
 * Every scope that the objects configure: the pools `master` and `worker` and the declared ones unless everything belongs
 * to hosted clusters, then the NodePools of every HostedCluster; one that shows none counts as a pool of its own name.
 */
export function listScopes(objects: readonly LocatedObject[]): readonly Scope[] {
  const hosted = objectsOfKind(objects, hostedClusterKind).flatMap((cluster) => hostedScopes(objects, cluster));
  const pools = hosted.length > 0 && !hasClusterConfig(objects) ? [] : ['master', 'worker', ...declaredPools(objects)];
  return [...[...new Set(pools)].map((pool) => ({ pool })), ...hosted];
}

function hostedScopes(objects: readonly LocatedObject[], { object }: LocatedObject): readonly Scope[] {
  const { name } = object.metadata;
  if (typeof name !== 'string') return [];
  const namespace = typeof object.metadata.namespace === 'string' ? object.metadata.namespace : undefined;
  const hostedCluster = { namespace: namespace ?? 'default', name };
  const pools = nodePoolsOf(objects, namespace, name).flatMap((pool) => pool.object.metadata.name ?? []);
  return (pools.length === 0 ? [name] : pools).map((nodePool) => ({ hostedCluster, nodePool }));
}

/** API groups whose objects configure the cluster that holds them. */
const clusterGroups = ['config.openshift.io', 'operator.openshift.io', 'machineconfiguration.openshift.io'];

function hasClusterConfig(objects: readonly LocatedObject[]): boolean {
  return objects.some(({ object }) => clusterGroups.some((group) => object.apiVersion.startsWith(`${group}/`)));
}
