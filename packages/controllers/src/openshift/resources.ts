import type { Resource } from '@pullpath/kube-client';
import type { LiveObject } from '../manager/live-object.ts';
import type { Watched } from '../manager/watched.ts';

// What decides the nodes of the management cluster, beside what all controllers look at.

export const configNamespace = 'openshift-config';

export const machineConfigPools: Watched = machineConfiguration('machineconfigpools', 'MachineConfigPool');
export const containerRuntimeConfigs: Watched = machineConfiguration(
  'containerruntimeconfigs',
  'ContainerRuntimeConfig',
);
export const machineConfigurations: Watched = {
  resource: resource('operator.openshift.io', 'v1', 'machineconfigurations', 'MachineConfiguration'),
};
export const images: Watched = config('images', 'Image');
export const imageContentPolicies: Watched = config('imagecontentpolicies', 'ImageContentPolicy');
export const clusterImagePolicies: Watched = config('clusterimagepolicies', 'ClusterImagePolicy');
export const imagePolicies: Watched = {
  resource: { ...config('imagepolicies', 'ImagePolicy').resource, namespaced: true },
};
export const clusterVersions: Watched = config('clusterversions', 'ClusterVersion');
export const proxies: Watched = config('proxies', 'Proxy');
/** The global pull secret alone: no other Secret is read. */
export const globalPullSecret: Watched = {
  resource: { ...resource('', 'v1', 'secrets', 'Secret'), namespaced: true },
  selection: { namespace: configNamespace, fieldSelector: 'metadata.name=pull-secret' },
};
/** ConfigMaps with authorities. */
export const configConfigMaps: Watched = {
  resource: { ...resource('', 'v1', 'configmaps', 'ConfigMap'), namespaced: true },
  selection: { namespace: configNamespace },
};

function machineConfiguration(plural: string, kind: string): Watched {
  return { resource: resource('machineconfiguration.openshift.io', 'v1', plural, kind) };
}

function config(plural: string, kind: string): Watched {
  return { resource: resource('config.openshift.io', 'v1', plural, kind) };
}

function resource(group: string, version: string, plural: string, kind: string): Resource<LiveObject> {
  return { group, version, plural, kind, namespaced: false };
}
