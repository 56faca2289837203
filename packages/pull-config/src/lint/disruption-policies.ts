import { type LocatedObject, validateObject } from '@pullpath/api';
import { findObject } from '../collect/objects.ts';
import { disruptionPoliciesOf, machineConfigurationKind } from '../impact/cluster-objects.ts';
import type { NodeDisruptionPolicies } from '../impact/disruption-policies.ts';

/** The node disruption policies of a cluster, and the object that changes the default ones, unless its schema refuses it. */
export function soundDisruptionPolicies(objects: readonly LocatedObject[]): {
  readonly from?: LocatedObject;
  readonly policies: NodeDisruptionPolicies;
} {
  const from = findObject(objects, machineConfigurationKind, 'cluster');
  const isSound = from !== undefined && validateObject(from).every(({ severity }) => severity !== 'error');
  return isSound ? { from, policies: disruptionPoliciesOf([from]) } : { policies: disruptionPoliciesOf([]) };
}
