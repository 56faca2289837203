import type { KubeClient } from '@pullpath/kube-client';
import { hostedClusters, nodePools } from '../../src/hypershift/resources.ts';
import type { LiveObject, Watched } from '../../src/index.ts';
import { configMaps, namespaces } from '../../src/resources.ts';

const releaseRepository = 'quay.io/openshift-release-dev/ocp-release';

/** A release image of a version. */
export function releaseImage(version: string): string {
  return `${releaseRepository}:${version}-x86_64`;
}

/** An object of a collection as the server stores it; its status, if any, is left to controllers. */
export async function put(client: KubeClient, { resource }: Watched, object: object): Promise<LiveObject> {
  return client.apply(resource, object as { metadata: { name: string } }, { force: true, fieldManager: 'user' });
}

export async function putNamespace(client: KubeClient, name: string): Promise<void> {
  await put(client, namespaces, { metadata: { name } });
}

/** A HostedCluster `clusters/my-cluster` of 4.21.0, unless said otherwise; `spec` adds to it. */
export async function putHostedCluster(
  client: KubeClient,
  spec: object = {},
  { namespace = 'clusters', name = 'my-cluster', version = '4.21.0' } = {},
): Promise<LiveObject> {
  const image = releaseImage(version);
  return put(client, hostedClusters, {
    metadata: { namespace, name },
    spec: { release: { image }, pullSecret: { name: 'pull-secret' }, ...spec },
  });
}

export async function putNodePool(
  client: KubeClient,
  name: string,
  spec: object = {},
  { namespace = 'clusters', clusterName = 'my-cluster', version = '4.21.0' } = {},
): Promise<LiveObject> {
  return put(client, nodePools, {
    metadata: { namespace, name },
    spec: {
      clusterName,
      replicas: 3,
      management: { upgradeType: 'Replace' },
      release: { image: releaseImage(version) },
      ...spec,
    },
  });
}

export async function putConfigMap(
  client: KubeClient,
  name: string,
  data: Readonly<Record<string, string>>,
  { namespace = 'clusters', annotations = {} }: { namespace?: string; annotations?: Record<string, string> } = {},
): Promise<LiveObject> {
  return put(client, configMaps, { metadata: { namespace, name, annotations }, data });
}

export interface Rule {
  readonly source: string;
  readonly mirrors: readonly string[];
  readonly mirrorSourcePolicy?: string;
}

/** The text of an ImageDigestMirrorSet. */
export function idms(name: string, ...rules: readonly Rule[]): string {
  return manifest('ImageDigestMirrorSet', name, 'imageDigestMirrors', rules);
}

/** The text of an ImageTagMirrorSet. */
export function itms(name: string, ...rules: readonly Rule[]): string {
  return manifest('ImageTagMirrorSet', name, 'imageTagMirrors', rules);
}

function manifest(kind: string, name: string, field: string, rules: readonly Rule[]): string {
  const list = rules.map(({ source, mirrors, mirrorSourcePolicy }) =>
    [
      `  - source: ${source}`,
      '    mirrors:',
      ...mirrors.map((mirror) => `    - ${mirror}`),
      ...(mirrorSourcePolicy === undefined ? [] : [`    mirrorSourcePolicy: ${mirrorSourcePolicy}`]),
    ].join('\n'),
  );
  return `apiVersion: config.openshift.io/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n  ${field}:\n${list.join('\n')}\n`;
}
