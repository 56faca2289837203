import { isAlreadyExists, type KubeClient, type KubeObject, type Resource } from '@pullpath/kube-client';

/** What a management cluster has from its first start on: made once, so that what an administrator removes stays away. */
export async function createFirstObjects(client: KubeClient): Promise<void> {
  for (const [resource, object] of firstObjects) await createUnlessThere(client, resource, object);
}

const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };
const images: Resource = {
  group: 'config.openshift.io',
  version: 'v1',
  plural: 'images',
  kind: 'Image',
  namespaced: false,
};
const pools: Resource = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  plural: 'machineconfigpools',
  kind: 'MachineConfigPool',
  namespaced: false,
};

const firstObjects: readonly (readonly [Resource, KubeObject & { readonly spec?: object }])[] = [
  [namespaces, { metadata: { name: 'openshift-config' } }],
  [images, { metadata: { name: 'cluster' }, spec: {} }],
  [pools, pool('master')],
  [pools, pool('worker')],
];

/** A pool as the installer makes it: MachineConfigs and nodes by role (node-config 1.1). */
function pool(name: string): KubeObject & { readonly spec: object } {
  return {
    metadata: {
      name,
      labels: {
        'machineconfiguration.openshift.io/mco-built-in': '',
        [`pools.operator.machineconfiguration.openshift.io/${name}`]: '',
      },
    },
    spec: {
      machineConfigSelector: { matchLabels: { 'machineconfiguration.openshift.io/role': name } },
      nodeSelector: { matchLabels: { [`node-role.kubernetes.io/${name}`]: '' } },
      paused: false,
    },
  };
}

/** Creates an object; one of its name that is there already stays as it is. */
export async function createUnlessThere(client: KubeClient, resource: Resource, object: KubeObject): Promise<void> {
  try {
    await client.create(resource, object);
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
}
