import { type LocatedObject, valueAt } from '@pullpath/api';
import {
  mergeNodeDisruptionPolicies,
  type NodeDisruptionPolicies,
  type UserDisruptionPolicies,
} from '@pullpath/pull-config';

/** The node disruption policies of a cluster: the user's, from MachineConfiguration `cluster`, over the defaults. */
export function disruptionPolicies(objects: readonly LocatedObject[]): NodeDisruptionPolicies {
  const found = objects.find(
    ({ object }) => object.kind === 'MachineConfiguration' && object.metadata.name === 'cluster',
  );
  return mergeNodeDisruptionPolicies(
    valueAt(found?.object, ['spec', 'nodeDisruptionPolicy']) as UserDisruptionPolicies | undefined,
  );
}
