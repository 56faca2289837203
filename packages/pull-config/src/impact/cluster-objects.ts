import { type KubeObject, type LocatedObject, valueAt } from '@pullpath/api';
import { selectsLabels } from '../collect/label-selector.ts';
import { findObject, type ObjectKind, objectsOfKind } from '../collect/objects.ts';
import { builtInPools } from '../collect/pools.ts';
import {
  mergeNodeDisruptionPolicies,
  type NodeDisruptionPolicies,
  type UserDisruptionPolicies,
} from './disruption-policies.ts';

/** Holds the node disruption policies of a cluster; the object is named `cluster`. */
export const machineConfigurationKind: ObjectKind = { group: 'operator.openshift.io', kind: 'MachineConfiguration' };
const machineConfigPoolKind: ObjectKind = { group: 'machineconfiguration.openshift.io', kind: 'MachineConfigPool' };
const nodeKind: ObjectKind = { group: '', kind: 'Node' };

/** The disruption policies of a cluster: the defaults with those of `MachineConfiguration/cluster` laid over. */
export function disruptionPoliciesOf(objects: readonly LocatedObject[]): NodeDisruptionPolicies {
  const config = findObject(objects, machineConfigurationKind, 'cluster');
  const user = valueAt(config?.object, ['spec', 'nodeDisruptionPolicy']);
  return mergeNodeDisruptionPolicies(user as UserDisruptionPolicies | undefined);
}

/** The MachineConfigPool object of a pool and its Nodes, as far as the objects hold them. */
export function poolMembers(
  objects: readonly LocatedObject[],
  pool: string,
): { readonly object?: KubeObject; readonly nodes?: readonly KubeObject[] } {
  const object = findObject(objects, machineConfigPoolKind, pool)?.object;
  const nodes = objectsOfKind(objects, nodeKind).map((located) => located.object);
  const pools = objectsOfKind(objects, machineConfigPoolKind).map((located) => located.object);
  const members = nodes.filter((node) => poolOfNode(pools, node) === pool);
  return { ...(object && { object }), ...(nodes.length > 0 && { nodes: members }) };
}

/**
 * The pool that a node takes its configuration from (machine-config-operator `getPrimaryPoolForNode`): of several whose
 * selector picks it, master wins, then arbiter, then a custom pool over worker; of several custom pools the first by name.
 */
export function poolOfNode(pools: readonly KubeObject[], node: KubeObject): string | undefined {
  const labels = node.metadata.labels ?? {};
  const selecting = pools.filter((pool) => selectsLabels(valueAt(pool, ['spec', 'nodeSelector']), labels));
  const declared = selecting.map(({ metadata }) => metadata.name ?? '').sort();
  const custom = declared.filter((name) => !builtInPools.includes(name));
  const roles = builtInPools.filter((role) => Object.hasOwn(labels, `node-role.kubernetes.io/${role}`));
  return roles.find((role) => role !== 'worker') ?? custom[0] ?? roles[0] ?? declared[0];
}
