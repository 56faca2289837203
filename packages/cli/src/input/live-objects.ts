import { fromObject, type KindDefinition, type KubeObject, kinds, type LocatedObject } from '@pullpath/api';
import {
  apiVersionOf,
  isNotFound,
  isStatus,
  type KubeClient,
  type Resource,
  type KubeObject as StoredObject,
} from '@pullpath/kube-client';
import { isStored } from './kind-named.ts';

/** What decides node files, as an API server holds it: the same objects that the commands else read from files. */
export async function liveObjects(client: KubeClient): Promise<readonly LocatedObject[]> {
  const found = await Promise.all(clusterWide.map((resource) => listed(client, resource)));
  const objects = found.flat();
  const namespaces = [...new Set(['openshift-config', ...objects.filter(isHostedCluster).map(namespaceOf)])].sort();
  const beside = await Promise.all(
    namespaces.flatMap((namespace) => [configMaps, secrets].map((resource) => listed(client, resource, namespace))),
  );
  return [...objects, ...beside.flat()].map((object) => fromObject(object));
}

const configMaps: Resource = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true };
const secrets: Resource = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };
const proxies: Resource = {
  group: 'config.openshift.io',
  version: 'v1',
  plural: 'proxies',
  kind: 'Proxy',
  namespaced: false,
};

/** Made from what decides, and many: nothing reads them here. */
const results = ['HostedControlPlane', 'MachineConfig'];

const clusterWide: readonly Resource[] = [
  ...kinds.filter((kind) => isStored(kind) && !results.includes(kind.kind)).map(resourceOf),
  proxies,
];

function resourceOf({ group, version, plural, kind, scope }: KindDefinition): Resource {
  return { group, version, plural, kind, namespaced: scope === 'Namespaced' };
}

// What the server does not serve does not count there. A command that may not read Secrets goes on without credentials.
async function listed(client: KubeClient, resource: Resource, namespace?: string): Promise<readonly KubeObject[]> {
  try {
    const { items } = await client.list(resource, { namespace });
    return items.map((object) => withKind(resource, object));
  } catch (error) {
    if (isNotFound(error)) return [];
    if (resource !== secrets || !isStatus(error, 403)) throw error;
    process.stderr.write(`hint: Secrets of namespace ${namespace} may not be read; credentials are left out\n`);
    return [];
  }
}

function withKind(resource: Resource, object: StoredObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind, metadata } as KubeObject;
}

function isHostedCluster({ kind }: KubeObject): boolean {
  return kind === 'HostedCluster';
}

function namespaceOf({ metadata }: KubeObject): string {
  return metadata.namespace ?? '';
}
