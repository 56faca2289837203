import { del, get, mergePatch, post, put, type Script } from '../script.ts';
import { digestMirrorSet, digestMirrorSets, mirrorRule, nodePools } from './objects.ts';

const tagMirrorSets = '/apis/config.openshift.io/v1/imagetagmirrorsets';
const images = '/apis/config.openshift.io/v1/images';
const hostedClusters = '/apis/hypershift.openshift.io/v1beta1/namespaces/{{ns}}/hostedclusters';
const dry = '?dryRun=All';
const set = (rules: unknown, spec: object = {}): object => ({
  ...digestMirrorSet('custom-a', []),
  spec: { imageDigestMirrors: rules, ...spec },
});
const tagSet = (rules: unknown): object => ({
  apiVersion: 'config.openshift.io/v1',
  kind: 'ImageTagMirrorSet',
  metadata: { name: 'custom-a' },
  spec: { imageTagMirrors: rules },
});
const image = (spec: unknown): object => ({
  apiVersion: 'config.openshift.io/v1',
  kind: 'Image',
  metadata: { name: 'cluster' },
  spec,
});
const cluster = (name: string, spec: object): object => ({
  apiVersion: 'hypershift.openshift.io/v1beta1',
  kind: 'HostedCluster',
  metadata: { name },
  spec,
});
const clusterSpec = {
  release: { image: 'quay.io/openshift-release-dev/ocp-release:4.20.1-x86_64' },
  pullSecret: { name: 'pull' },
  sshKey: { name: 'ssh' },
  platform: { type: 'None' },
  networking: { clusterNetwork: [{ cidr: '10.132.0.0/14' }], serviceNetwork: [{ cidr: '172.31.0.0/16' }] },
  services: [
    { service: 'APIServer', servicePublishingStrategy: { type: 'LoadBalancer' } },
    { service: 'Ignition', servicePublishingStrategy: { type: 'Route' } },
  ],
};
const pool = (name: string, spec: object): object => ({
  apiVersion: 'hypershift.openshift.io/v1beta1',
  kind: 'NodePool',
  metadata: { name },
  spec,
});
const poolSpec = {
  clusterName: 'c',
  replicas: 2,
  release: { image: 'registry.example.com/release:4.20' },
  management: { upgradeType: 'Replace' },
  platform: { type: 'None' },
};
const badRules: readonly unknown[] = [
  'text',
  5,
  null,
  [5],
  [null],
  [{}],
  [{ source: 5 }],
  [{ source: '' }],
  [{ source: 'UPPER.example.com/Repo' }],
  [{ source: 'has space' }],
  [{ source: 'a.example.com:v1@sha256:x' }],
  [{ source: '*.example.com' }],
  [{ source: 'a.example.com', mirrors: 'text' }],
  [{ source: 'a.example.com', mirrors: [''] }],
  [{ source: 'a.example.com', mirrors: ['m', 'm'] }],
  [{ source: 'a.example.com', mirrors: ['bad mirror', 5] }],
  [{ source: 'a.example.com', mirrorSourcePolicy: 'Sometimes' }],
  [{ source: 'a.example.com', mirrorSourcePolicy: 'NeverContactSource', mirrors: ['m.example.com/x'] }],
  [{ source: 'a.example.com', unknown: 1 }],
  [{ source: 'bad source' }, { mirrors: ['m'] }, { source: 'a', mirrorSourcePolicy: 'X', mirrors: ['n', 'n'] }],
];

/** Schemas of our own kinds as both servers judge them: faults, defaults, pruning, rules, status and scale. */
export const customResources: Script = {
  topic: 'custom-resources',
  steps: [
    ...badRules.flatMap((rules) => [
      post(digestMirrorSets + dry, set(rules)),
      post(tagMirrorSets + dry, tagSet(rules)),
    ]),
    post(digestMirrorSets + dry, { ...digestMirrorSet('custom-a', []), spec: undefined }),
    post(digestMirrorSets + dry, { ...digestMirrorSet('custom-a', []), spec: null }),
    post(digestMirrorSets + dry, { ...digestMirrorSet('custom-a', []), spec: 'text' }),
    post(digestMirrorSets + dry, {
      ...digestMirrorSet('custom-a', []),
      metadata: { name: 'custom-a', labels: { a: 1 } },
    }),
    post(digestMirrorSets + dry, { ...digestMirrorSet('custom-a', []), metadata: 'text' }),
    post(digestMirrorSets + dry, {
      ...digestMirrorSet('custom-a', []),
      metadata: { name: 'custom-a', labels: 'text' },
    }),
    post(digestMirrorSets, digestMirrorSet('custom-a', [mirrorRule('a.example.com', 'm.example.com')])),
    mergePatch(`${digestMirrorSets}/custom-a`, { spec: { imageDigestMirrors: [{ source: 'bad source' }] } }),
    mergePatch(
      `${digestMirrorSets}/custom-a`,
      { metadata: { labels: { 'bad label!': 'x' } } },
      { difference: 'repeats' },
    ),
    put(`${digestMirrorSets}/custom-a/status`, digestMirrorSet('custom-a', [])),
    del(`${digestMirrorSets}/custom-a`),

    post(images + dry, image({})),
    post(images + dry, image({ registrySources: { blockedRegistries: ['a'], allowedRegistries: ['b'] } })),
    post(images + dry, image({ registrySources: { containerRuntimeSearchRegistries: [] } })),
    post(images + dry, image({ registrySources: { containerRuntimeSearchRegistries: ['a', 'a'] } })),
    post(images + dry, image({ allowedRegistriesForImport: [{ domainName: 'a', insecure: 'yes' }] })),
    post(images + dry, image({ imageStreamImportMode: 'Sideways' })),
    post(images + dry, image({ externalRegistryHostnames: 'a' })),
    post(images, image({ registrySources: { insecureRegistries: ['a'] } })),
    mergePatch(`${images}/cluster`, { metadata: { annotations: { a: 'b' } } }),
    mergePatch(`${images}/cluster/status`, { status: { internalRegistryHostname: 'x' } }),
    del(`${images}/cluster`),

    post(hostedClusters, cluster('a', clusterSpec)),
    get(`${hostedClusters}/a`),
    post(hostedClusters + dry, cluster('b', {})),
    post(hostedClusters + dry, cluster('b', { ...clusterSpec, platform: { type: 'Moon' } })),
    post(hostedClusters + dry, cluster('b', { ...clusterSpec, release: {} })),
    post(hostedClusters + dry, cluster('b', { ...clusterSpec, services: [] })),
    post(hostedClusters + dry, cluster('b', { ...clusterSpec, networking: { clusterNetwork: [{ cidr: 'x' }] } })),
    post(
      hostedClusters + dry,
      cluster('b', { ...clusterSpec, imageContentSources: [{ source: 'a', mirrors: ['m'] }] }),
    ),
    post(hostedClusters + dry, cluster('b', { ...clusterSpec, imageContentSources: [{ mirrors: ['m'] }] })),
    post(hostedClusters + dry, cluster('b', { ...clusterSpec, pullSecret: null })),
    post(hostedClusters + dry, cluster('Bad_Name', clusterSpec)),
    mergePatch(`${hostedClusters}/a`, { spec: { platform: { type: 'AWS' } } }),
    mergePatch(`${hostedClusters}/a`, { spec: { infraID: 'other' } }),
    mergePatch(`${hostedClusters}/a`, { spec: { release: { image: 'registry.example.com/release:4.21' } } }),
    mergePatch(`${hostedClusters}/a`, { metadata: { labels: { a: 'b' } } }),
    mergePatch(`${hostedClusters}/a/status`, { status: { conditions: [{ type: 'Available' }] } }),
    mergePatch(`${hostedClusters}/a/status`, {
      status: {
        conditions: [
          { type: 'Available', status: 'True', reason: 'R', message: '', lastTransitionTime: '2024-01-01T00:00:00Z' },
        ],
      },
    }),
    get(`${hostedClusters}/a/status`),

    post(nodePools, pool('a', poolSpec)),
    post(nodePools + dry, pool('b', {})),
    post(nodePools + dry, pool('b', { ...poolSpec, replicas: 'two' })),
    post(nodePools + dry, pool('b', { ...poolSpec, replicas: 1.5 }), { difference: 'numbers' }),
    post(nodePools + dry, pool('b', { ...poolSpec, replicas: -1 })),
    post(nodePools + dry, pool('b', { ...poolSpec, autoScaling: { min: 1, max: 3 } })),
    post(nodePools + dry, pool('b', { ...poolSpec, replicas: undefined, autoScaling: { min: 5, max: 3 } })),
    post(nodePools + dry, pool('b', { ...poolSpec, management: { upgradeType: 'Sideways' } })),
    post(nodePools + dry, pool('b', { ...poolSpec, arch: 'vax' })),
    post(nodePools + dry, pool('b', { ...poolSpec, config: [{ name: 'x' }, { name: 'y' }] })),
    post(nodePools + dry, pool('b', { ...poolSpec, nodeDrainTimeout: 'soon' })),
    mergePatch(`${nodePools}/a`, { spec: { clusterName: 'other' } }),
    mergePatch(`${nodePools}/a`, { spec: { replicas: 3 } }),
    mergePatch(`${nodePools}/a`, { spec: { replicas: 3 } }),
    mergePatch(`${nodePools}/a`, { metadata: { labels: { l: 'v' } } }),
    mergePatch(`${nodePools}/a`, { status: { replicas: 7 } }),
    mergePatch(`${nodePools}/a/status`, {
      status: { replicas: 2 },
      spec: { replicas: 9 },
      metadata: { labels: { m: 'v' } },
    }),
    mergePatch(`${nodePools}/a/status`, { metadata: { annotations: { m: 'v' } } }),
    get(`${nodePools}/a/scale`),
    mergePatch(`${nodePools}/a/scale`, { spec: { replicas: 5 } }),
    put(`${nodePools}/a/scale`, {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'a', namespace: 'custom-resources' },
      spec: { replicas: 6 },
    }),
    put(`${nodePools}/a/scale`, {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'a' },
      spec: { replicas: -1 },
    }),
    put(`${nodePools}/a/scale`, {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'b' },
      spec: { replicas: 1 },
    }),
    put(`${nodePools}/a/scale`, {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'a', resourceVersion: '1' },
      spec: { replicas: 1 },
    }),
    mergePatch(`${nodePools}/a/scale`, { spec: { replicas: 'x' } }, { difference: 'go-words' }),
    get(`${nodePools}/none/scale`),
    get(`${nodePools}/a`),
  ],
};
