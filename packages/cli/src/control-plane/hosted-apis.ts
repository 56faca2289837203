import type { OpenServer } from '@pullpath/apiserver';
import { adminKubeconfigSecret, type ControllerDefinition, type Watched } from '@pullpath/controllers';
import { Controller, type KubeObject, type Resource, splitKey } from '@pullpath/kube-client';

const controlPlanes: Watched = {
  resource: {
    group: 'hypershift.openshift.io',
    version: 'v1beta1',
    plural: 'hostedcontrolplanes',
    kind: 'HostedControlPlane',
    namespaced: true,
  },
};

interface Secret extends KubeObject {
  readonly data: Readonly<Record<string, string>>;
}

const secrets: Resource<Secret> = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };

/**
 * What stands in for the pods of a hosted control plane in `serve`: each HostedControlPlane gets the logical cluster named
 * after its namespace, and the Secret that reaches it.
 */
export function hostedApis(server: OpenServer): ControllerDefinition {
  return {
    name: 'hosted-api',
    description: 'gives each HostedControlPlane its API, a logical cluster of this server',
    setup: ({ management, report, clock }) => {
      const planes = management.watch(controlPlanes);
      return new Controller({
        sources: [planes.keys()],
        report,
        clock,
        reconcile: async (key) => {
          const plane = planes.store.get(key);
          const { namespace = '' } = splitKey(key);
          if (!plane || plane.metadata.deletionTimestamp !== undefined) return;
          const kubeconfig = await server.addCluster(namespace);
          await management.client.apply(
            secrets,
            {
              metadata: { namespace, name: adminKubeconfigSecret, ownerReferences: [ownerOf(plane)] },
              data: { kubeconfig: Buffer.from(kubeconfig).toString('base64') },
            },
            { force: true },
          );
        },
      });
    },
  };
}

function ownerOf({ apiVersion = '', kind = '', metadata: { name = '', uid = '' } }: KubeObject) {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}
