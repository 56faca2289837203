import { valueAt } from '@pullpath/api';
import { expect, test } from 'vitest';
import {
  type CreateClusterFlags,
  type CreateClusterPlatform,
  type CreateClusterResult,
  createClusterFiles,
  parseMirrorConfigMap,
  renderHostedCluster,
} from '../../../src/hypershift/index.ts';
import { brief, load } from '../../collect/load.ts';

const pullSecret = '{"auths":{"m.example.com/redhat":{"auth":"dTpw"}}}';

function render(
  flags: CreateClusterFlags,
  files: Record<string, string> = {},
  platform: CreateClusterPlatform = 'none',
): CreateClusterResult {
  const all = { name: 'example', 'pull-secret': 'ps.json', 'external-api-server-address': '192.0.2.1', ...flags };
  const { 'external-api-server-address': address, ...others } = all;
  return renderHostedCluster(
    platform,
    platform === 'none' ? { ...others, 'external-api-server-address': address } : others,
    {
      files: new Map(Object.entries({ 'ps.json': pullSecret, ...files })),
      etcdEncryptionKey: new Uint8Array(3),
    },
  );
}

function fieldOf({ objects }: CreateClusterResult, kind: string, ...path: (string | number)[]): unknown {
  return valueAt(
    objects.find((object) => object.kind === kind),
    path,
  );
}

test('the objects of platform none are those of the upstream CLI, byte for byte', () => {
  expect(render({ 'infra-id': 'example-abcde' }).text).toBe(`apiVersion: v1
kind: Namespace
metadata:
  name: clusters
spec: {}
status: {}
---
apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata:
  name: example
  namespace: clusters
spec:
  autoscaling: {}
  capabilities: {}
  configuration: {}
  controllerAvailabilityPolicy: SingleReplica
  dns:
    baseDomain: example.com
  etcd:
    managed:
      storage:
        persistentVolume:
          size: 8Gi
        type: PersistentVolume
    managementType: Managed
  fips: false
  infraID: example-abcde
  networking:
    clusterNetwork:
    - cidr: 10.132.0.0/14
    networkType: OVNKubernetes
    serviceNetwork:
    - cidr: 172.31.0.0/16
  olmCatalogPlacement: management
  platform:
    type: None
  pullSecret:
    name: example-pull-secret
  release:
    image: ""
  secretEncryption:
    aescbc:
      activeKey:
        name: example-etcd-encryption-key
    type: aescbc
  services:
  - service: APIServer
    servicePublishingStrategy:
      nodePort:
        address: 192.0.2.1
      type: NodePort
  - service: Ignition
    servicePublishingStrategy:
      nodePort:
        address: 192.0.2.1
      type: NodePort
  - service: Konnectivity
    servicePublishingStrategy:
      nodePort:
        address: 192.0.2.1
      type: NodePort
  - service: OAuthServer
    servicePublishingStrategy:
      nodePort:
        address: 192.0.2.1
      type: NodePort
  - service: OIDC
    servicePublishingStrategy:
      nodePort:
        address: 192.0.2.1
      type: NodePort
  sshKey: {}
status:
  controlPlaneEndpoint:
    host: ""
    port: 0
---
apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata:
  name: example
  namespace: clusters
spec:
  arch: amd64
  clusterName: example
  management:
    autoRepair: false
    upgradeType: InPlace
  nodeDrainTimeout: 0s
  nodeVolumeDetachTimeout: 0s
  platform:
    type: None
  release:
    image: ""
  replicas: 0
status:
  replicas: 0
---
`);
});

test('Secrets are printed on demand only, in upstream order', () => {
  const result = render(
    { 'render-sensitive': true, 'ssh-key': 'key.pub', 'additional-trust-bundle': 'ca.pem' },
    { 'key.pub': 'K', 'ca.pem': 'CA' },
  );
  expect(result.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'Namespace clusters',
    'ConfigMap user-ca-bundle',
    'Secret example-pull-secret',
    'Secret example-ssh-key',
    'Secret example-etcd-encryption-key',
    'HostedCluster example',
    'NodePool example',
  ]);
  expect(fieldOf(result, 'Secret', 'data', '.dockerconfigjson')).toBe(btoa(pullSecret));
});

test('equal input gives equal text, and another name another infrastructure ID', () => {
  expect(render({}).text).toBe(render({}).text);
  const [one, two] = [render({}), render({ name: 'other' })].map((result) =>
    fieldOf(result, 'HostedCluster', 'spec', 'infraID'),
  );
  expect([one, two]).toEqual([
    expect.stringMatching(/^example-[a-z0-9]{5}$/),
    expect.stringMatching(/^other-[a-z0-9]{5}$/),
  ]);
});

const list = `- source: quay.io/openshift
  mirrors:
  - m.example.com/redhat
`;

test('a list of tag mirrors and an ImageTagMirrorSet give the same field', () => {
  const manifest = `apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata: {name: itms-oc-mirror}
spec: {imageTagMirrors: [{source: quay.io/openshift, mirrors: [m.example.com/redhat]}]}
`;
  const fields = [
    list,
    `---\n# ours\n${list}`,
    '[{"source": "quay.io/openshift",\n"mirrors": ["m.example.com/redhat"]}]',
    manifest,
  ].map((text) =>
    fieldOf(
      render({ 'image-tag-mirror-set': 't.yaml' }, { 't.yaml': text }),
      'HostedCluster',
      'spec',
      'imageTagMirrorSet',
    ),
  );
  expect(fields).toEqual(
    Array.from({ length: 4 }, () => [{ source: 'quay.io/openshift', mirrors: ['m.example.com/redhat'] }]),
  );
});

test('tag rules of one source become one rule, unless their policies disagree', () => {
  const twice = `${list}${list.replace('redhat', 'other')}`;
  const merged = render({ 'image-tag-mirror-set': 't.yaml' }, { 't.yaml': twice });
  expect(fieldOf(merged, 'HostedCluster', 'spec', 'imageTagMirrorSet', 0, 'mirrors')).toEqual([
    'm.example.com/redhat',
    'm.example.com/other',
  ]);
  const disagreeing = render(
    { 'image-tag-mirror-set': 't.yaml' },
    { 't.yaml': `${twice}  mirrorSourcePolicy: NeverContactSource\n` },
  );
  expect([disagreeing.exit, disagreeing.text]).toEqual([1, '']);
  expect(brief(disagreeing.diagnostics)).toContain('error conflicting-policies-for-source 4:3');
});

test.each([
  ['no mirrors', '- source: quay.io\n', ['error field-required 1:3']],
  ['an unknown field', '- source: quay.io\n  mirror: a\n  mirrors: [m.example.com]\n', ['error field-unknown 2:3']],
  ['a source with a tag', '[{source: "quay.io/a:1", mirrors: [m.example.com]}]', ['error field-invalid 1:11']],
  ['a mapping', 'source: quay.io\n', ['error object-kind-missing 1:1']],
  ['broken YAML', '- source: [\n', ['error yaml-syntax 1:11']],
])('a tag mirror file with %s is refused at its place and prints nothing', (_, text, expected) => {
  const result = render({ 'image-tag-mirror-set': 't.yaml' }, { 't.yaml': text });
  expect([result.exit, result.text, result.objects]).toEqual([1, '', []]);
  expect(brief(result.diagnostics).filter((line) => line.startsWith('error'))).toEqual(expected);
  expect(result.diagnostics.every(({ at }) => at === undefined || at.file === 't.yaml')).toBe(true);
});

test('content sources take digest manifests, but none that must never contact its source', () => {
  const idms = `apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata: {name: a}
spec:
  imageDigestMirrors:
  - {source: quay.io, mirrors: [m.example.com/redhat], mirrorSourcePolicy: AllowContactingSource}
---
apiVersion: operator.openshift.io/v1alpha1
kind: ImageContentSourcePolicy
metadata: {name: b}
spec: {repositoryDigestMirrors: [{source: quay.io, mirrors: [m.example.com/redhat]}]}
`;
  const rule = { source: 'quay.io', mirrors: ['m.example.com/redhat'] };
  const result = render({ 'image-content-sources': 'f' }, { f: idms });
  expect(fieldOf(result, 'HostedCluster', 'spec', 'imageContentSources')).toEqual([rule, rule]);
  const never = render(
    { 'image-content-sources': 'f' },
    { f: idms.replace('Allow', 'Never').replace('NeverContactingSource', 'NeverContactSource') },
  );
  expect([never.exit, brief(never.diagnostics)]).toEqual([1, ['error create-cluster-file 6:5']]);
});

test('mirror manifests of any kind become a ConfigMap that the cluster refers to', () => {
  const files = {
    d: `apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata: {name: a, uid: x, creationTimestamp: null}
spec: {imageDigestMirrors: [{source: quay.io, mirrors: [m.example.com/redhat], mirrorSourcePolicy: NeverContactSource}]}
status: {}
---
apiVersion: operator.openshift.io/v1alpha1
kind: ImageContentSourcePolicy
metadata: {name: a}
spec: {repositoryDigestMirrors: [{source: a.io, mirrors: [m.example.com/redhat]}]}
`,
    t: `apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata: {name: a}
spec: {imageTagMirrors: [{source: quay.io, mirrors: [m.example.com/redhat]}]}
`,
  };
  const flags = { 'image-mirror-config': ['d', 't'], 'release-image': 'quay.io/ocp:4.21.0-x86_64' };
  const result = render(flags, files);
  expect(result.diagnostics).toEqual([]);
  expect(result.objects.map(({ kind }) => kind)).toEqual(['Namespace', 'ConfigMap', 'HostedCluster', 'NodePool']);
  expect(fieldOf(result, 'HostedCluster', 'spec', 'imageMirrorConfigRef')).toEqual({ name: 'example-image-mirrors' });
  const configMap = load(result.text).find(({ object }) => object.kind === 'ConfigMap');
  const origin = { of: load(files.t)[0]!, path: [] };
  const parsed = parseMirrorConfigMap(configMap, { name: 'example-image-mirrors', origin });
  expect(parsed.idms?.map(({ source, policy }) => [source, policy])).toEqual([
    ['quay.io', 'NeverContactSource'],
    ['a.io', undefined],
  ]);
  expect([parsed.itms?.length, parsed.diagnostics]).toEqual([1, []]);
});

test('tag mirrors are refused for a release below 4.21 and warned about for an unknown one', () => {
  const of = (image: string): CreateClusterResult =>
    render({ 'image-tag-mirror-set': 't', 'release-image': image }, { t: list });
  expect([of('quay.io/ocp:4.20.1-x86_64').exit, of('quay.io/ocp:4.21.0-ec.1-x86_64').exit]).toEqual([1, 0]);
  const unknown = of(`quay.io/ocp@sha256:${'0'.repeat(64)}`);
  expect([unknown.exit, brief(unknown.diagnostics)]).toEqual([0, ['warning release-version-unknown 1:3']]);
});

test('a mirror without credentials is a warning, by the key that encloses its path', () => {
  const result = render(
    { 'image-content-sources': 'f' },
    { f: list.replace('/redhat', '/other') + list.replace('/redhat', '/redhat/x') },
  );
  expect([result.exit, brief(result.diagnostics)]).toEqual([0, ['warning mirror-credentials-missing 3:5']]);
});

test('wrong flags are all reported, before files that cannot be read', () => {
  const result = renderHostedCluster(
    'kubevirt',
    {
      name: 'Bad_Name',
      cores: 'x',
      arch: 'vax',
      region: 'eu',
      'ssh-key': 'gone',
      'image-mirror-config': ['a'],
      'image-mirror-config-ref': 'b',
      labels: ['x'],
    },
    { files: new Map() },
  );
  expect([result.exit, result.text]).toEqual([2, '']);
  expect(result.diagnostics.map(({ message }) => message)).toEqual([
    '"create cluster kubevirt" has no flag --region',
    '--pull-secret is required',
    '--arch: "vax" is none of amd64, arm64, ppc64le, s390x',
    '--cores: "x" is no whole number',
    '--image-mirror-config and --image-mirror-config-ref exclude each other',
    'failed to read ssh key file "gone"',
    'failed to read image mirror config file "a"',
    '--name: "Bad_Name" is no DNS label of at most 63 characters',
    '--labels: "x" is not key=value',
  ]);
});

test('a file that cannot be read is exit code 3', () => {
  const result = render({ 'image-content-sources': 'gone.yaml' });
  expect([result.exit, result.diagnostics.map(({ message }) => message)]).toEqual([
    3,
    ['failed to read image content sources file "gone.yaml"'],
  ]);
});

test('the files that flags name are listed once each', () => {
  const flags = { 'pull-secret': 'a', 'image-mirror-config': ['b', 'a'], 'ssh-key': 'c', name: 'd' };
  expect(createClusterFiles('none', flags)).toEqual(['a', 'c', 'b']);
});

test('platform aws says what it lacks without the files of the cloud', () => {
  const result = render({ 'image-tag-mirror-set': 't', zones: 'us-east-1a,us-east-1b' }, { t: list }, 'aws');
  expect(result.exit).toBe(0);
  expect(result.objects.filter(({ kind }) => kind === 'NodePool').map(({ metadata }) => metadata.name)).toEqual([
    'example-us-east-1a',
    'example-us-east-1b',
  ]);
  expect(brief(result.diagnostics).filter((line) => line.includes('offline')).length).toBe(3);
});

test('the NodePool names the ConfigMaps that it is asked to', () => {
  const result = render({ 'node-pool-config': ['a', 'b'], 'node-pool-replicas': '3', 'node-drain-timeout': '90m' });
  expect(fieldOf(result, 'NodePool', 'spec')).toMatchObject({
    config: [{ name: 'a' }, { name: 'b' }],
    replicas: 3,
    nodeDrainTimeout: '1h30m0s',
  });
  expect(render({ 'node-pool-replicas': '-1' }).objects.map(({ kind }) => kind)).toEqual([
    'Namespace',
    'HostedCluster',
  ]);
});
