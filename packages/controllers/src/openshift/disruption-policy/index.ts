import { valueAt } from '@pullpath/api';
import { Controller } from '@pullpath/kube-client';
import { mergeNodeDisruptionPolicies, type UserDisruptionPolicies } from '@pullpath/pull-config';
import type { ControllerDefinition } from '../../manager/context.ts';
import { ownedObjects } from '../../manager/owned-objects.ts';
import { machineConfigurations } from '../resources.ts';

/** `MachineConfiguration/cluster`: the disruption policies in force, in its status, as upstream shows them. */
export const disruptionPolicy: ControllerDefinition = {
  name: 'node-disruption-policy',
  description: 'shows the node disruption policies in force in the status of MachineConfiguration cluster',
  setup: ({ management, report, clock }) => {
    const objects = ownedObjects(management, machineConfigurations);
    return new Controller({
      sources: [management.watch(machineConfigurations).keys()],
      reconcile: async (name) => {
        const found = objects.get(name);
        if (!found || name !== 'cluster') return;
        const user = valueAt(found, ['spec', 'nodeDisruptionPolicy']) as UserDisruptionPolicies | undefined;
        const clusterPolicies = mergeNodeDisruptionPolicies(user);
        await objects.patchStatus(found, { nodeDisruptionPolicyStatus: { clusterPolicies } });
      },
      report,
      clock,
    });
  },
};
