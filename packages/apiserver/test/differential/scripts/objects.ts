/** Bodies that many scripts share, as small as the server takes them. */

export const configMaps = '/api/v1/namespaces/{{ns}}/configmaps';
export const digestMirrorSets = '/apis/config.openshift.io/v1/imagedigestmirrorsets';
export const nodePools = '/apis/hypershift.openshift.io/v1beta1/namespaces/{{ns}}/nodepools';

export function configMap(name: string, data: Record<string, string> = {}, metadata: object = {}): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...metadata }, data };
}

export function digestMirrorSet(name: string, rules: readonly object[], metadata: object = {}): object {
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: 'ImageDigestMirrorSet',
    metadata: { name, ...metadata },
    spec: { imageDigestMirrors: rules },
  };
}

export function mirrorRule(source: string, ...mirrors: readonly string[]): object {
  return { source, mirrors };
}

export function pod(name: string, spec: object = {}, metadata: object = {}): object {
  const containers = [{ name: 'main', image: 'registry.example.com/app:v1' }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, ...metadata }, spec: { containers, ...spec } };
}

export function node(name: string, metadata: object = {}, spec: object = {}): object {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, ...metadata }, spec };
}

export function podTemplate(labels: Record<string, string>): object {
  return {
    metadata: { labels },
    spec: { containers: [{ name: 'main', image: 'registry.example.com/app:v1' }] },
  };
}
