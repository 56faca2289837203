import { nodeAnnotations, readNodeState, renderedConfigName } from '@pullpath/pull-config';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { located } from '../../manager/located.ts';
import { ownedObjects } from '../../manager/owned-objects.ts';
import { nodes } from '../../resources.ts';

/** The Nodes of a pool in its hosted cluster, by name. */
export function nodesOf(api: ApiCluster, pool: LiveObject): ReadonlyMap<string, LiveObject> {
  const found = ownedObjects(api, nodes).byIndex('nodePool', pool.metadata.name);
  return new Map(found.map((node) => [node.metadata.name, node]));
}

/** The hash of the configuration that a node is to have; empty when it is none of the pool's. */
export function hashOfNode({ metadata }: LiveObject, pool: LiveObject): string {
  const desired = metadata.annotations?.[nodeAnnotations.desiredConfig] ?? '';
  const prefix = renderedConfigName(pool.metadata.name, '');
  return desired.startsWith(prefix) ? desired.slice(prefix.length) : '';
}

/** Healthy by its conditions and not cordoned. */
export function isNodeReady(node: LiveObject): boolean {
  return readNodeState(located(node).object).ready;
}
