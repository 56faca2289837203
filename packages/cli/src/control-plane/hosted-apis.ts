import type { OpenServer } from '@pullpath/apiserver';
import { adminKubeconfigSecret, type ControllerDefinition, type LiveObject, type Watched } from '@pullpath/controllers';
import { Controller, type KubeClient, type KubeObject, type Resource } from '@pullpath/kube-client';

const controlPlanes: Watched = {
  resource: {
    group: 'hypershift.openshift.io',
    version: 'v1beta1',
    plural: 'hostedcontrolplanes',
    kind: 'HostedControlPlane',
    namespaced: true,
  },
};

const finalizer = 'pullpath.dev/hosted-api';

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
          if (!plane) return;
          if (plane.metadata.deletionTimestamp === undefined) await give(server, management.client, plane);
          else await take(server, management.client, plane);
        },
      });
    },
  };
}

async function give(server: OpenServer, client: KubeClient, plane: LiveObject): Promise<void> {
  const { namespace = '', name } = plane.metadata;
  if (!plane.metadata.finalizers?.includes(finalizer))
    await client.apply(controlPlanes.resource, { metadata: { namespace, name, finalizers: [finalizer] } });
  const kubeconfig = await server.addCluster(namespace);
  const data = { kubeconfig: Buffer.from(kubeconfig).toString('base64') };
  const metadata = { namespace, name: adminKubeconfigSecret, ownerReferences: [ownerOf(plane)] };
  await client.apply(secrets, { metadata, data }, { force: true });
}

// The finalizer holds the object until its API has gone, also over a restart.
async function take(server: OpenServer, client: KubeClient, plane: LiveObject): Promise<void> {
  const { namespace = '', name, finalizers = [] } = plane.metadata;
  if (!finalizers.includes(finalizer)) return;
  await server.api.removeCluster(namespace);
  await client.apply(controlPlanes.resource, { metadata: { namespace, name } });
}

function ownerOf({ apiVersion = '', kind = '', metadata: { name = '', uid = '' } }: KubeObject) {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}
