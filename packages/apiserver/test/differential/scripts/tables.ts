import { get, mergePatch, post, type Script, strategicPatch } from '../script.ts';
import {
  configMap,
  configMaps,
  digestMirrorSet,
  digestMirrorSets,
  mirrorRule,
  node,
  nodePools,
  pod,
  podTemplate,
} from './objects.ts';

const headers = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };
const table = (path: string) => get(path, { headers });
const apps = '/apis/apps/v1/namespaces/{{ns}}';
const rbac = '/apis/rbac.authorization.k8s.io/v1';
const core = '/api/v1/namespaces/{{ns}}';
const policy = '/apis/policy/v1/namespaces/{{ns}}/poddisruptionbudgets';
const selector = { matchLabels: { app: 'a' } };
const role = { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };
const subjects = [
  { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'u1' },
  { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'g1' },
  { kind: 'ServiceAccount', namespace: 'tables', name: 's1' },
];

/** What `kubectl get` prints of every kind. */
export const tables: Script = {
  topic: 'tables',
  steps: [
    table(configMaps),
    post(configMaps, configMap('a', { x: '1', y: '2' })),
    table(configMaps),
    table(`${configMaps}/a`),
    table(`${configMaps}?includeObject=None`),
    table(`${configMaps}?includeObject=Object`),
    table(`${configMaps}?includeObject=Metadata`),
    table(`${configMaps}?includeObject=Nothing`),
    table(`${configMaps}?limit=1`),
    table(`${configMaps}/none`),
    get(configMaps, { headers: { accept: 'application/json;as=Table;v=v1beta1;g=meta.k8s.io' } }),
    get(configMaps, { headers: { accept: 'application/json;as=Table;v=v2;g=meta.k8s.io' } }),
    get(configMaps, { headers: { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' } }),
    get(`${configMaps}/a`, { headers: { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' } }),
    get(`${configMaps}/a`, { headers: { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' } }),
    get(configMaps, { headers: { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' } }),
    get(configMaps, { headers: { accept: 'application/json;as=Something;v=v1;g=meta.k8s.io' } }),

    post(`${core}/secrets`, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { k: 'dg==' } }),
    table(`${core}/secrets`),
    post(`${core}/serviceaccounts`, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'a' },
      secrets: [{ name: 's' }],
    }),
    table(`${core}/serviceaccounts`),
    table('/api/v1/namespaces/tables'),

    post(
      '/api/v1/nodes',
      node('tables-a', {
        labels: {
          'node-role.kubernetes.io/worker': '',
          'node-role.kubernetes.io/infra': '',
          'kubernetes.io/role': 'x',
        },
      }),
    ),
    table('/api/v1/nodes/tables-a'),
    strategicPatch('/api/v1/nodes/tables-a/status', {
      status: {
        conditions: [{ type: 'Ready', status: 'True' }],
        addresses: [
          { type: 'InternalIP', address: '10.0.0.1' },
          { type: 'ExternalIP', address: '198.51.100.1' },
        ],
        nodeInfo: {
          kubeletVersion: 'v1.36.0',
          osImage: 'Some OS',
          kernelVersion: '6.1',
          containerRuntimeVersion: 'cri-o://1.36',
        },
      },
    }),
    table('/api/v1/nodes/tables-a'),
    strategicPatch('/api/v1/nodes/tables-a', { spec: { unschedulable: true } }),
    strategicPatch('/api/v1/nodes/tables-a/status', { status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } }),
    table('/api/v1/nodes/tables-a'),

    post(`${core}/pods`, pod('a', { nodeName: 'tables-a', readinessGates: [{ conditionType: 'example.com/g' }] })),
    table(`${core}/pods`),
    strategicPatch(`${core}/pods/a/status`, {
      status: {
        phase: 'Running',
        podIP: '10.1.0.1',
        podIPs: [{ ip: '10.1.0.1' }],
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [
          {
            name: 'main',
            ready: true,
            restartCount: 3,
            image: 'i',
            imageID: '',
            state: { running: { startedAt: '2024-01-01T00:00:00Z' } },
          },
        ],
      },
    }),
    table(`${core}/pods`),
    strategicPatch(`${core}/pods/a/status`, {
      status: {
        containerStatuses: [
          {
            name: 'main',
            ready: false,
            restartCount: 3,
            image: 'i',
            imageID: '',
            state: { running: null, waiting: { reason: 'CrashLoopBackOff' } },
          },
        ],
      },
    }),
    table(`${core}/pods/a`),
    strategicPatch(`${core}/pods/a/status`, {
      status: { phase: 'Failed', reason: 'Evicted', containerStatuses: null },
    }),
    table(`${core}/pods/a`),
    post(
      `${core}/pods`,
      pod('init', {
        initContainers: [
          { name: 'i1', image: 'i' },
          { name: 'i2', image: 'i' },
        ],
      }),
    ),
    strategicPatch(`${core}/pods/init/status`, {
      status: {
        phase: 'Pending',
        initContainerStatuses: [
          { name: 'i1', ready: true, restartCount: 0, image: 'i', imageID: '', state: { terminated: { exitCode: 0 } } },
          { name: 'i2', ready: false, restartCount: 1, image: 'i', imageID: '', state: { running: {} } },
        ],
      },
    }),
    table(`${core}/pods/init`),

    post(`${apps}/deployments`, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
      spec: { replicas: 2, selector, template: podTemplate({ app: 'a' }) },
    }),
    table(`${apps}/deployments`),
    post(`${apps}/replicasets`, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'a' },
      spec: { selector, template: podTemplate({ app: 'a' }) },
    }),
    table(`${apps}/replicasets`),
    post(`${apps}/daemonsets`, {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'a' },
      spec: { selector, template: podTemplate({ app: 'a' }) },
    }),
    { ...table(`${apps}/daemonsets`), difference: 'tables' },
    post(policy, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'a' },
      spec: { minAvailable: '50%', selector },
    }),
    post(policy, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'b' },
      spec: { maxUnavailable: 1, selector },
    }),
    { ...get(`${policy}/b`), until: (_, body) => body?.status?.observedGeneration === 1 },
    table(`${policy}/b`),
    post(`/apis/coordination.k8s.io/v1/namespaces/{{ns}}/leases`, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'a' },
      spec: { holderIdentity: 'me' },
    }),
    table('/apis/coordination.k8s.io/v1/namespaces/{{ns}}/leases'),
    post(`${core}/events`, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'a' },
      involvedObject: { kind: 'Pod', name: 'p', namespace: 'tables', fieldPath: 'spec.containers{main}' },
      reason: 'Pulled',
      message: '  Pulled image\n',
      type: 'Normal',
      source: { component: 'kubelet', host: 'n' },
      count: 3,
      firstTimestamp: '2024-01-01T00:00:00Z',
      lastTimestamp: '2024-01-01T00:00:00Z',
    }),
    get(`${core}/events?fieldSelector=involvedObject.kind%3DPod`, {
      headers,
      select: (body) => ({ ...body, rows: body.rows.map((row: any) => row.cells.slice(1, 7)) }),
    }),

    post(`${rbac}/namespaces/{{ns}}/roles`, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'a' },
      ...role,
    }),
    table(`${rbac}/namespaces/{{ns}}/roles`),
    post(`${rbac}/clusterroles`, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'tables-a' },
      ...role,
    }),
    table(`${rbac}/clusterroles/tables-a`),
    post(`${rbac}/namespaces/{{ns}}/rolebindings`, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'a' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' },
      subjects,
    }),
    table(`${rbac}/namespaces/{{ns}}/rolebindings`),
    post(`${rbac}/clusterrolebindings`, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'tables-a' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'tables-a' },
      subjects,
    }),
    table(`${rbac}/clusterrolebindings/tables-a`),
    table('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/nodepools.hypershift.openshift.io'),

    post(digestMirrorSets, digestMirrorSet('tables-a', [mirrorRule('a.example.com')])),
    table(`${digestMirrorSets}/tables-a`),
    table(`${digestMirrorSets}?fieldSelector=metadata.name%3Dtables-a`),
    post(nodePools, {
      apiVersion: 'hypershift.openshift.io/v1beta1',
      kind: 'NodePool',
      metadata: { name: 'a' },
      spec: {
        clusterName: 'c',
        replicas: 2,
        release: { image: 'registry.example.com/release:4.20' },
        management: { upgradeType: 'Replace' },
        platform: { type: 'None' },
      },
    }),
    table(nodePools),
    mergePatch(`${nodePools}/a/status`, {
      status: {
        replicas: 1,
        version: '4.20.1',
        conditions: [
          {
            type: 'UpdatingVersion',
            status: 'True',
            reason: 'R',
            lastTransitionTime: '2024-01-01T00:00:00Z',
            observedGeneration: 1,
          },
          {
            type: 'Ready',
            status: 'False',
            reason: 'R',
            message: 'not yet',
            lastTransitionTime: '2024-01-01T00:00:00Z',
            observedGeneration: 1,
          },
        ],
      },
    }),
    table(nodePools),
  ],
};
