import type { OpenServer } from '@pullpath/apiserver';
import { Controller } from '@pullpath/kube-client';
import { hostedControlPlanes } from '../../src/hypershift/resources.ts';
import type { ControllerDefinition } from '../../src/index.ts';
import { adminKubeconfigs } from '../../src/manager/guests.ts';
import { ownedObjects } from '../../src/manager/owned-objects.ts';

/** Gives each HostedControlPlane a logical cluster of the server, as `serve` does. The kubeconfig is its name alone. */
export function hostedApis(server: OpenServer): ControllerDefinition {
  return {
    name: 'hosted-api',
    description: 'logical clusters',
    setup: ({ management, report, clock }) => {
      const planes = ownedObjects(management, hostedControlPlanes);
      const secrets = ownedObjects(management, adminKubeconfigs as never);
      return new Controller({
        sources: [management.watch(hostedControlPlanes).keys(), management.watch(adminKubeconfigs).keys()],
        report,
        clock,
        reconcile: async (key) => {
          const plane = planes.get(key);
          if (!plane || plane.metadata.deletionTimestamp !== undefined) return;
          const { namespace = '' } = plane.metadata;
          if (secrets.get(`${namespace}/admin-kubeconfig`)) return;
          await server.addCluster(namespace);
          const data = { kubeconfig: Buffer.from(namespace).toString('base64') };
          await secrets.ensure({ metadata: { namespace, name: 'admin-kubeconfig' }, data });
        },
      });
    },
  };
}
