import { type LocatedObject, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import type { Scope } from '../model.ts';
import { findObject, type ObjectKind, objectsOfKind } from './objects.ts';

export type HostedScope = Extract<Scope, { readonly nodePool: string }>;

const group = 'hypershift.openshift.io';
export const hostedClusterKind: ObjectKind = { group, kind: 'HostedCluster' };
const nodePoolKind: ObjectKind = { group, kind: 'NodePool' };

/** The objects of a hosted scope. `nodePool` may be missing only when the cluster has no NodePool at all. */
export interface HostedObjects {
  readonly hostedCluster?: LocatedObject | undefined;
  readonly nodePool?: LocatedObject | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The HostedCluster and its NodePool by name. Where the objects hold no NodePool of the cluster, any name stands for a pool
 * without configuration of its own; where they hold some, the name must be one of them.
 */
export function findHosted(objects: readonly LocatedObject[], scope: HostedScope): HostedObjects {
  const { namespace, name } = scope.hostedCluster;
  const hostedCluster = findObject(objects, hostedClusterKind, name, namespace);
  if (!hostedCluster) return { diagnostics: [noHostedCluster(objects, scope)] };
  const pools = nodePoolsOf(objects, namespace, name);
  const nodePool = pools.find(({ object }) => object.metadata.name === scope.nodePool);
  if (nodePool || pools.length === 0) return { hostedCluster, nodePool, diagnostics: [] };
  return { hostedCluster, diagnostics: [noNodePool(pools, scope)] };
}

/** The NodePools of a HostedCluster, in the order of the input. */
export function nodePoolsOf(
  objects: readonly LocatedObject[],
  namespace: string | undefined,
  clusterName: string,
): readonly LocatedObject[] {
  return objectsOfKind(objects, nodePoolKind).filter(({ object }) => {
    const isHere = [namespace, undefined].includes(object.metadata.namespace) || namespace === undefined;
    return isHere && valueAt(object, ['spec', 'clusterName']) === clusterName;
  });
}

function noHostedCluster(objects: readonly LocatedObject[], { hostedCluster }: HostedScope): Diagnostic {
  const names = objectsOfKind(objects, hostedClusterKind).map(({ object }) => qualified(object.metadata));
  return {
    code: 'hosted-cluster-not-found',
    severity: 'error',
    message: `there is no HostedCluster "${qualified(hostedCluster)}" among the objects`,
    ...expectedNames(names),
  };
}

function noNodePool(pools: readonly LocatedObject[], { hostedCluster, nodePool }: HostedScope): Diagnostic {
  return {
    code: 'node-pool-not-found',
    severity: 'error',
    message: `the HostedCluster "${qualified(hostedCluster)}" has no NodePool "${nodePool}"`,
    ...expectedNames(pools.map(({ object }) => qualified({ name: object.metadata.name }))),
  };
}

function expectedNames(names: readonly string[]): Pick<Diagnostic, 'expected'> {
  return names.length === 0 ? {} : { expected: `one of ${[...new Set(names)].join(', ')}` };
}

function qualified({ namespace, name }: { readonly namespace?: unknown; readonly name?: unknown }): string {
  return [namespace, name].filter((part) => typeof part === 'string').join('/');
}
