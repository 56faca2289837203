import type { Resource } from '@pullpath/kube-client';
import { marks } from '@pullpath/pull-config';
import type { LiveObject } from './manager/live-object.ts';
import type { Watched } from './manager/watched.ts';

// Collections that several controllers look at: one informer each, for all of them.

export const configMaps: Watched = watched('', 'v1', 'configmaps', 'ConfigMap', true);
export const namespaces: Watched = watched('', 'v1', 'namespaces', 'Namespace', false);
/** Nodes, of whose status only conditions count; those of hosted clusters by their NodePool. */
export const nodes: Watched = {
  ...watched('', 'v1', 'nodes', 'Node', false),
  indexes: { nodePool: ({ metadata }) => [metadata.labels?.[marks.nodePool] ?? ''] },
  transform: withConditionsAlone,
};

export const digestMirrorSets: Watched = config('imagedigestmirrorsets', 'ImageDigestMirrorSet');
export const tagMirrorSets: Watched = config('imagetagmirrorsets', 'ImageTagMirrorSet');
export const contentSourcePolicies: Watched = watched(
  'operator.openshift.io',
  'v1alpha1',
  'imagecontentsourcepolicies',
  'ImageContentSourcePolicy',
  false,
);

/** MachineConfigs; those of hosted clusters by their NodePool. */
export const machineConfigs: Watched = {
  ...watched('machineconfiguration.openshift.io', 'v1', 'machineconfigs', 'MachineConfig', false),
  indexes: { nodePool: ({ metadata }) => [metadata.labels?.[marks.nodePool] ?? ''] },
};

// The images that lie on a node are many times what is read here.
function withConditionsAlone(node: LiveObject): LiveObject {
  const { conditions } = (node.status ?? {}) as { readonly conditions?: unknown };
  return { ...node, status: conditions === undefined ? {} : { conditions } };
}

function config(plural: string, kind: string): Watched {
  return watched('config.openshift.io', 'v1', plural, kind, false);
}

function watched(group: string, version: string, plural: string, kind: string, namespaced: boolean): Watched {
  const resource: Resource<LiveObject> = { group, version, plural, kind, namespaced };
  return { resource };
}
