import { valueAt } from '@pullpath/api';
import { objectKey, type Resource } from '@pullpath/kube-client';
import { controlPlaneNamespace, marks } from '@pullpath/pull-config';
import type { LiveObject } from '../manager/live-object.ts';
import type { Watched } from '../manager/watched.ts';

/** HostedClusters by the ConfigMap that they name (`mirrorConfig`) and by the namespace of their control plane. */
export const hostedClusters: Watched = {
  resource: hypershift('hostedclusters', 'HostedCluster'),
  indexes: {
    mirrorConfig: (object) => keysAt(object, ['spec', 'imageMirrorConfigRef', 'name']),
    controlPlane: ({ metadata: { namespace, name } }) => [controlPlaneNamespace({ namespace: namespace ?? '', name })],
  },
};

/** HostedControlPlanes by namespace. */
export const hostedControlPlanes: Watched = {
  resource: hypershift('hostedcontrolplanes', 'HostedControlPlane'),
  indexes: { namespace: ({ metadata: { namespace = '' } }) => [namespace] },
};

/** NodePools by the key of their HostedCluster and by the ConfigMaps that they name. */
export const nodePools: Watched = {
  resource: hypershift('nodepools', 'NodePool'),
  indexes: {
    cluster: (object) => keysAt(object, ['spec', 'clusterName']),
    config: (object) => configMapKeys(object),
  },
};

/** Secrets that the operator writes: by namespace, by NodePool, and by the tokens in them as they are encoded there. */
export const operatorSecrets: Watched = {
  resource: { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true },
  selection: { labelSelector: `${marks.managed}=true` },
  indexes: {
    namespace: ({ metadata: { namespace = '' } }) => [namespace],
    nodePool: ({ metadata }) => [metadata.annotations?.[marks.nodePool] ?? ''],
    token: (object) => ['token', 'old_token'].flatMap((key) => textsAt(object, ['data', key])),
  },
};

/** Keys of the ConfigMaps in `NodePool.spec.config`, in their order. */
export function configMapKeys(nodePool: LiveObject): readonly string[] {
  const list = valueAt(nodePool, ['spec', 'config']);
  const names = Array.isArray(list) ? list.map((entry) => valueAt(entry, ['name'])) : [];
  return names.filter((name) => typeof name === 'string').map((name) => objectKey(name, nodePool.metadata.namespace));
}

function textsAt(object: LiveObject, path: readonly string[]): readonly string[] {
  const value = valueAt(object, path);
  return typeof value === 'string' ? [value] : [];
}

function keysAt(object: LiveObject, path: readonly string[]): readonly string[] {
  const name = valueAt(object, path);
  return typeof name === 'string' && name !== '' ? [objectKey(name, object.metadata.namespace)] : [];
}

function hypershift(plural: string, kind: string): Resource<LiveObject> {
  return { group: 'hypershift.openshift.io', version: 'v1beta1', plural, kind, namespaced: true };
}
