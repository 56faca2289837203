import { loadManifests } from '@pullpath/api';
import {
  disruptionPoliciesOf,
  formatPlan,
  type Plan,
  type PlannedPool,
  planChange,
  plannedPool,
  poolMembers,
} from '@pullpath/pull-config';
import { expect, test } from 'vitest';

const digest = (name: string): string => `${name}@sha256:${'a'.repeat(64)}`;

const digestSet = `apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata: {name: digests}
spec:
  imageDigestMirrors:
  - source: quay.io/ns
    mirrors: [mirror.corp:5000/ns]
`;

const tagSet = `---
apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata: {name: tags}
spec:
  imageTagMirrors:
  - source: registry.redhat.io/rhel9
    mirrors: [mirror.corp:5000/rhel9]
    mirrorSourcePolicy: NeverContactSource
`;

test('a tag mirror that is added drains, and the reason names its line', () => {
  const { pools } = planChange({ pools: [pool(digestSet, digestSet + tagSet)] });
  expect(pools).toMatchObject([{ name: 'worker', actions: ['drain', 'reload'], drain: true, reboot: false }]);
  expect(pools[0]?.because).toEqual([
    {
      message: 'registry.redhat.io/rhel9 is added with tag mirror mirror.corp:5000/rhel9',
      file: '/etc/containers/registries.conf',
      origins: [
        {
          object: 'ImageTagMirrorSet/tags',
          path: 'spec.imageTagMirrors[0].mirrors[0]',
          file: 'after.yaml',
          line: 15,
          column: 15,
        },
      ],
    },
  ]);
});

test('a digest mirror for a new source only reloads', () => {
  const { pools, files } = planChange({ pools: [pool('', digestSet)] });
  expect(pools).toMatchObject([{ actions: ['reload'], services: ['crio.service'], drain: false, reboot: false }]);
  expect(files).toEqual([{ path: '/etc/containers/registries.conf', change: 'changed', pools: ['worker'] }]);
});

test('the same rules from another kind of object change nothing', () => {
  const policy = digestSet
    .replace('config.openshift.io/v1', 'operator.openshift.io/v1alpha1')
    .replace('ImageDigestMirrorSet', 'ImageContentSourcePolicy')
    .replace('imageDigestMirrors', 'repositoryDigestMirrors');
  const plan = planChange({ pools: [pool(policy, digestSet)] });
  expect(plan).toMatchObject({ rules: [], files: [], pools: [{ actions: ['none'], drain: false }] });
});

test('search registries reboot, unless a node disruption policy says otherwise', () => {
  const image = `apiVersion: config.openshift.io/v1
kind: Image
metadata: {name: cluster}
spec: {registrySources: {containerRuntimeSearchRegistries: [reg1.io]}}
`;
  const policy = `apiVersion: operator.openshift.io/v1
kind: MachineConfiguration
metadata: {name: cluster}
spec:
  nodeDisruptionPolicy:
    files:
    - path: /etc/containers/registries.conf.d
      actions: [{type: Restart, restart: {serviceName: crio.service}}]
`;
  expect(planChange({ pools: [pool('', image)] }).pools).toMatchObject([
    { actions: ['drain', 'reboot'], reboot: true },
  ]);
  const disruption = disruptionPoliciesOf(objectsOf(policy, 'policy.yaml'));
  expect(planChange({ pools: [pool('', image)], disruption }).pools).toMatchObject([
    { actions: ['restart'], services: ['crio.service'], drain: false },
  ]);
});

test('a certificate for a registry reaches nodes without a rollout', () => {
  const trust = `apiVersion: config.openshift.io/v1
kind: Image
metadata: {name: cluster}
spec: {additionalTrustedCA: {name: registry-ca}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: registry-ca, namespace: openshift-config}
data:
  mirror.corp..5000: |
    -----BEGIN CERTIFICATE-----
    AAAA
    -----END CERTIFICATE-----
`;
  const { pools, files } = planChange({ pools: [pool('', trust)] });
  expect(files.map(({ path }) => path)).toEqual(['/etc/docker/certs.d/mirror.corp:5000/ca.crt']);
  expect(pools).toMatchObject([{ actions: ['none'], drain: false }]);
  expect(pools[0]?.because[0]?.message).toContain('without a rollout');
});

test('pulls add up to the images given, and one that fails counts as failing only', () => {
  const images = [
    { image: 'registry.redhat.io/rhel9/nginx:1', count: 2 },
    { image: digest('registry.redhat.io/rhel9/nginx'), count: 1 },
    { image: digest('quay.io/ns/app'), count: 3 },
    { image: 'Not A Reference', count: 1 },
  ];
  const { pulls } = planChange({ pools: [pool(digestSet, digestSet + tagSet)], images });
  expect(pulls).toMatchObject({ same: 3, moved: 2, failing: 2 });
  expect(pulls.details.map(({ image, change }) => [image, change])).toEqual([
    ['registry.redhat.io/rhel9/nginx:1', 'moved'],
    [digest('registry.redhat.io/rhel9/nginx'), 'failing'],
    ['Not A Reference', 'failing'],
  ]);
});

test('an image that failed before and still fails is failing', () => {
  const { pulls } = planChange({
    pools: [pool(tagSet, tagSet)],
    images: [{ image: digest('registry.redhat.io/rhel9/x'), count: 1 }],
  });
  expect(pulls).toMatchObject({ same: 0, moved: 0, failing: 1 });
});

test('a pull counts as the worst that any pool makes of it', () => {
  const pools = [pool(digestSet, digestSet), { ...pool(digestSet, digestSet + tagSet), name: 'infra' }];
  const { pulls } = planChange({ pools, images: [{ image: 'registry.redhat.io/rhel9/nginx:1', count: 1 }] });
  expect(pulls).toMatchObject({ same: 0, moved: 1, failing: 0 });
});

test('a NodePool with upgradeType Replace replaces its nodes, with InPlace it follows the files', () => {
  const replace = planChange({ pools: [hosted(hostedCluster('Replace', ''), hostedCluster('Replace', sources))] });
  expect(replace.pools).toMatchObject([{ name: 'np1', actions: ['drain', 'reboot'], replaced: true }]);
  const inPlace = planChange({ pools: [hosted(hostedCluster('InPlace', ''), hostedCluster('InPlace', sources))] });
  expect(inPlace.pools).toMatchObject([{ name: 'np1', actions: ['reload'], drain: false, reboot: false }]);
});

test('where only the rollout hash of a NodePool changes, the plan says so', () => {
  const renamed = hostedCluster('Replace', `${sources}  pullSecret: {name: other}\n`);
  const { pools, files } = planChange({ pools: [hosted(hostedCluster('Replace', sources), renamed)] });
  expect(files).toEqual([]);
  expect(pools).toMatchObject([
    { replaced: true, because: [{}, { message: expect.stringContaining('the files stay the same') }] },
  ]);
});

test('a NodePool whose rollout hash stays changes no node', () => {
  const { pools } = planChange({
    pools: [hosted(hostedCluster('Replace', sources), hostedCluster('Replace', sources))],
  });
  expect(pools).toMatchObject([{ actions: ['none'], because: [{ message: 'the rendered files are identical' }] }]);
});

test('the order of nodes and the time come from the pool and its nodes', () => {
  const cluster = `apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfigPool
metadata: {name: infra}
spec:
  maxUnavailable: 2
  nodeSelector: {matchLabels: {node-role.kubernetes.io/infra: ""}}
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Node, metadata: {name: i1, labels: {node-role.kubernetes.io/infra: "", node-role.kubernetes.io/worker: "", topology.kubernetes.io/zone: b}}}
- {apiVersion: v1, kind: Node, metadata: {name: i2, labels: {node-role.kubernetes.io/infra: "", topology.kubernetes.io/zone: a}}}
- {apiVersion: v1, kind: Node, metadata: {name: i3, labels: {node-role.kubernetes.io/infra: ""}}}
- {apiVersion: v1, kind: Node, metadata: {name: w1, labels: {node-role.kubernetes.io/worker: ""}}}
`;
  const members = poolMembers(objectsOf(cluster, 'cluster.yaml'), 'infra');
  const { pools } = planChange({ pools: [{ ...pool('', digestSet), name: 'infra', ...members }] });
  expect(pools[0]?.rollout).toMatchObject({
    nodes: 3,
    maxUnavailable: 2,
    batches: [['i2', 'i1'], ['i3']],
    seconds: [30, 80],
  });
});

test('the text shows rules, files, nodes and pulls, failing ones first', () => {
  const images = [
    { image: digest('quay.io/ns/app'), count: 1 },
    { image: 'registry.redhat.io/rhel9/nginx:1', count: 2 },
    { image: digest('registry.redhat.io/rhel9/nginx'), count: 1 },
  ];
  expect(formatPlan(planChange({ pools: [pool(digestSet, digestSet + tagSet)], images }))).toBe(
    `Rules    + registry.redhat.io/rhel9 → mirror.corp:5000/rhel9  tags, the source is never contacted  ImageTagMirrorSet/tags after.yaml:14
Files    ~ /etc/containers/registries.conf  worker
Nodes    worker: drain + reload crio.service
           because registry.redhat.io/rhel9 is added with tag mirror mirror.corp:5000/rhel9 (after.yaml:15)
           1 node at a time, about 1 to 10 min each (estimate)
Pulls    4 running images: 1 same · 2 moved · 1 would FAIL
           ✗ registry.redhat.io/rhel9/nginx@sha256:aaaaaaaaaaaa…  every place that it could be pulled from is blocked
           ~ registry.redhat.io/rhel9/nginx:1 ×2                  first asked: registry.redhat.io/rhel9/nginx -> mirror.corp:5000/rhel9/nginx
Plan: 1 to add, 0 to change, 0 to remove · 1 of 1 pool drained · 0 rebooted · 1 failing pull
`,
  );
});

test('control characters of an image list do not reach the terminal', () => {
  const text = formatPlan(planChange({ pools: [pool('', '')], images: [{ image: 'a\u001b[31mb', count: 1 }] }));
  expect(text).not.toContain('\u001b');
});

test('a plan is plain JSON', () => {
  const plan = planChange({ pools: [pool(digestSet, digestSet + tagSet)], images: [{ image: 'x', count: 1 }] });
  expect(JSON.parse(JSON.stringify(plan)) as Plan).toEqual(plan);
});

const sources = `  imageContentSources:
  - source: quay.io/ns
    mirrors: [m.corp/ns]
`;

function hostedCluster(upgradeType: string, fields: string): string {
  const release = 'release: {image: "quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64"}';
  return `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata: {name: c1, namespace: clusters}
spec:
  ${release}
${fields}---
apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: np1, namespace: clusters}
spec:
  clusterName: c1
  management: {upgradeType: ${upgradeType}}
  ${release}
`;
}

function hosted(before: string, after: string): PlannedPool {
  const scope = { hostedCluster: { namespace: 'clusters', name: 'c1' }, nodePool: 'np1' };
  return poolOf(
    plannedPool(objectsOf(before, 'before.yaml'), objectsOf(after, 'after.yaml'), scope, { dialect: '4.19' }),
  );
}

function pool(before: string, after: string): PlannedPool {
  const scope = { pool: 'worker' };
  return poolOf(
    plannedPool(objectsOf(before, 'before.yaml'), objectsOf(after, 'after.yaml'), scope, { dialect: '4.19' }),
  );
}

function poolOf({ value, diagnostics }: ReturnType<typeof plannedPool>): PlannedPool {
  if (value === undefined) throw new Error(JSON.stringify(diagnostics));
  return value;
}

function objectsOf(text: string, file: string): ReturnType<typeof loadManifests>['objects'] {
  return loadManifests([{ file, text }]).objects;
}
