import type { KubeClient, KubeObject, Resource } from '@pullpath/kube-client';
import { createUnlessThere } from './first-objects.ts';

/** A small fleet to try things on: one hosted cluster with two pools, and the ConfigMap that its mirrors come from. */
export async function createDemoObjects(client: KubeClient): Promise<void> {
  for (const [resource, object] of demoObjects) await createUnlessThere(client, resource, object);
}

const core = (plural: string, kind: string, namespaced = true): Resource => ({
  group: '',
  version: 'v1',
  plural,
  kind,
  namespaced,
});
const hypershift = (plural: string, kind: string): Resource => ({
  group: 'hypershift.openshift.io',
  version: 'v1beta1',
  plural,
  kind,
  namespaced: true,
});

const namespace = 'clusters';
const cluster = 'my-cluster';
const release = { image: 'quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64' };

const digestMirrors = `apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata:
  name: cluster-digest-mirrors
spec:
  imageDigestMirrors:
  - source: registry.redhat.io
    mirrors:
    - mirror.example.com/redhat
  - source: quay.io
    mirrors:
    - mirror.example.com/quay
`;

const tagMirrors = `apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata:
  name: cluster-tag-mirrors
spec:
  imageTagMirrors:
  - source: quay.io/openshift-release-dev
    mirrors:
    - mirror.example.com/openshift-release-dev
    mirrorSourcePolicy: AllowContactingSource
  - source: registry.redhat.io/rhel9
    mirrors:
    - mirror.example.com/rhel9
    mirrorSourcePolicy: NeverContactSource
`;

const credentials = JSON.stringify({ auths: { 'mirror.example.com': { auth: btoa('demo:demo') } } });

type DemoObject = KubeObject & Readonly<Record<string, unknown>>;

const demoObjects: readonly (readonly [Resource, DemoObject])[] = [
  [core('namespaces', 'Namespace', false), { metadata: { name: namespace } }],
  [
    core('secrets', 'Secret'),
    {
      metadata: { namespace, name: `${cluster}-pull-secret` },
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': btoa(credentials) },
    },
  ],
  [
    core('configmaps', 'ConfigMap'),
    {
      metadata: { namespace, name: 'global-image-mirrors' },
      data: { 'idms.yaml': digestMirrors, 'itms.yaml': tagMirrors },
    },
  ],
  [
    hypershift('hostedclusters', 'HostedCluster'),
    {
      metadata: { namespace, name: cluster },
      spec: {
        release,
        pullSecret: { name: `${cluster}-pull-secret` },
        platform: { type: 'None' },
        imageMirrorConfigRef: { name: 'global-image-mirrors' },
      },
    },
  ],
  [hypershift('nodepools', 'NodePool'), nodePool('workers', 'Replace')],
  [hypershift('nodepools', 'NodePool'), nodePool('infra', 'InPlace')],
];

function nodePool(name: string, upgradeType: 'Replace' | 'InPlace'): DemoObject {
  return {
    metadata: { namespace, name: `${cluster}-${name}` },
    spec: { clusterName: cluster, replicas: 2, release, management: { upgradeType }, platform: { type: 'None' } },
  };
}
