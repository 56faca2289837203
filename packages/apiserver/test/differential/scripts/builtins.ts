import { del, get, mergePatch, post, put, type Script } from '../script.ts';
import { node, pod, podTemplate } from './objects.ts';

const core = '/api/v1/namespaces/{{ns}}';
const apps = '/apis/apps/v1/namespaces/{{ns}}';
const leases = '/apis/coordination.k8s.io/v1/namespaces/{{ns}}/leases';
const budgets = '/apis/policy/v1/namespaces/{{ns}}/poddisruptionbudgets';
const dry = '?dryRun=All';
const selector = { matchLabels: { app: 'a' } };
const secret = (name: string, more: object): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name },
  ...more,
});
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const workload = (kind: string, name: string, spec: object): object => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name },
  spec: { selector, template: podTemplate({ app: 'a' }), ...spec },
});
const budget = (name: string, spec: object): object => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name },
  spec,
});
const lease = (name: string, spec: object): object => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name },
  spec,
});
const event = (name: string, more: object): object => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name },
  involvedObject: { kind: 'Pod', name: 'p', namespace: '{{ns}}' },
  reason: 'R',
  message: 'm',
  type: 'Normal',
  ...more,
});
const badSecrets: readonly object[] = [
  { data: { k: 'not base64!' } },
  { data: { 'bad key!': 'dg==' } },
  { data: { k: 5 } },
  { type: 'kubernetes.io/dockerconfigjson' },
  { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': base64('not json') } },
  { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': base64('{"auths":{}}') } },
  { type: 'kubernetes.io/dockercfg', data: { '.dockercfg': base64('x') } },
  { type: 'kubernetes.io/tls', data: { 'tls.crt': '' } },
  { type: 'kubernetes.io/tls', data: { 'tls.crt': '', 'tls.key': '' } },
  { type: 'kubernetes.io/basic-auth' },
  { type: 'kubernetes.io/ssh-auth' },
  { type: 'kubernetes.io/service-account-token' },
  { type: 'custom/type', stringData: { s: 'text' }, data: { s: base64('lost'), k: base64('kept') } },
  { stringData: { s: 5 } },
  { data: { big: base64('x'.repeat(1048577)) } },
];
const badPods: readonly object[] = [
  { containers: [] },
  { containers: [{ name: 'a' }] },
  { containers: [{ name: 'Bad_Name', image: 'i' }] },
  { containers: [{ name: 'a', image: ' spaced ' }] },
  {
    containers: [
      { name: 'a', image: 'i' },
      { name: 'a', image: 'i' },
    ],
  },
  { containers: [{ name: 'a', image: 'i', imagePullPolicy: 'Often' }] },
  { containers: [{ name: 'a', image: 'i', volumeMounts: [{ name: 'none', mountPath: '/x' }] }] },
  { containers: [{ name: 'a', image: 'i', resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }] },
  { containers: [{ name: 'a', image: 'i', resources: { requests: { cpu: 'lots' } } }] },
  { containers: [{ name: 'a', image: 'i', env: [{ name: '' }, { name: 'X', value: 'v', valueFrom: {} }] }] },
  { containers: [{ name: 'a', image: 'i', ports: [{ containerPort: 0 }, { containerPort: 70000 }] }] },
  { restartPolicy: 'Sometimes' },
  { nodeName: 'Bad Node' },
  { volumes: [{ name: 'v' }, { name: 'w', emptyDir: {}, hostPath: { path: '/' } }, { name: 'v', emptyDir: {} }] },
  {
    tolerations: [
      { key: 'a', operator: 'Exists', value: 'x' },
      { key: 'b', effect: 'Never' },
    ],
  },
  { terminationGracePeriodSeconds: -1 },
  { activeDeadlineSeconds: 0 },
  { hostNetwork: true, containers: [{ name: 'a', image: 'i', ports: [{ containerPort: 80, hostPort: 81 }] }] },
  { dnsPolicy: 'Guess' },
  { imagePullSecrets: [{ name: 'Bad Name' }] },
];

/** The built-in kinds: their defaults, their rules and their subresources. */
export const builtins: Script = {
  topic: 'builtins',
  steps: [
    ...badSecrets.map((body, index) => post(`${core}/secrets`, secret(`s${index}`, body))),
    post(`${core}/secrets`, secret('plain', { stringData: { a: 'x' } })),
    mergePatch(`${core}/secrets/plain`, { stringData: { b: 'y' } }),
    mergePatch(`${core}/secrets/plain`, { type: 'other' }),
    mergePatch(`${core}/secrets/plain`, { data: { a: null } }),
    mergePatch(`${core}/secrets/plain`, { immutable: true }),
    mergePatch(`${core}/secrets/plain`, { data: { c: 'eA==' } }),
    mergePatch(`${core}/secrets/plain`, { immutable: false }),
    mergePatch(`${core}/secrets/plain`, { metadata: { labels: { a: 'b' } } }),
    del(`${core}/secrets/plain`),

    ...badPods.map((spec, index) => post(`${core}/pods${dry}`, pod(`p${index}`, spec))),
    post(
      `${core}/pods`,
      pod('ok', {
        volumes: [
          { name: 'v', emptyDir: {} },
          { name: 'h', hostPath: { path: '/etc' } },
        ],
      }),
    ),
    mergePatch(`${core}/pods/ok`, { spec: { activeDeadlineSeconds: 5 } }),
    mergePatch(`${core}/pods/ok`, { spec: { restartPolicy: 'Never' } }, { difference: 'go-words' }),
    mergePatch(`${core}/pods/ok`, { spec: { nodeName: 'n' } }, { difference: 'go-words' }),
    post(`${core}/pods/ok/binding`, {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'ok' },
      target: { kind: 'Node', name: 'builtins-a' },
    }),
    mergePatch(`${core}/pods/ok/status`, {
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    }),
    mergePatch(`${core}/pods/ok`, { status: { phase: 'Failed' } }),
    get(`${core}/pods/ok/status`),
    get(`${core}/pods/ok`),

    post('/api/v1/nodes', node('builtins-a')),
    post('/api/v1/nodes', node('Builtins_B')),
    post(
      `/api/v1/nodes${dry}`,
      node(
        'builtins-c',
        {},
        {
          taints: [
            { key: 'a', effect: 'Sometimes' },
            { key: '', effect: 'NoSchedule' },
          ],
        },
      ),
    ),
    post(`/api/v1/nodes${dry}`, node('builtins-c', {}, { podCIDR: 'x', podCIDRs: ['x'], providerID: 'p' })),
    mergePatch('/api/v1/nodes/builtins-a', { spec: { providerID: 'p1' } }),
    mergePatch('/api/v1/nodes/builtins-a', { spec: { providerID: 'p2' } }),
    mergePatch('/api/v1/nodes/builtins-a', {
      spec: {
        taints: [
          { key: 'a', effect: 'NoExecute' },
          { key: 'a', effect: 'NoExecute' },
        ],
      },
    }),
    mergePatch('/api/v1/nodes/builtins-a/status', { status: { capacity: { cpu: '4', memory: '16Gi' } } }),
    mergePatch('/api/v1/nodes/builtins-a/status', { status: { capacity: { cpu: 'four' } } }),
    get('/api/v1/nodes/builtins-a'),

    ...['Deployment', 'ReplicaSet', 'DaemonSet'].flatMap((kind) => {
      const path = `${apps}/${kind.toLowerCase()}s`;
      return [
        post(path, workload(kind, 'a', {})),
        post(path + dry, workload(kind, 'b', { selector: { matchLabels: { other: 'x' } } })),
        post(path + dry, workload(kind, 'b', { selector: undefined })),
        post(path + dry, workload(kind, 'b', { selector: {} })),
        post(path + dry, workload(kind, 'b', { template: undefined })),
        post(path + dry, workload(kind, 'b', { replicas: -1 })),
        post(path + dry, workload(kind, 'b', { minReadySeconds: -1 })),
        mergePatch(`${path}/a`, { spec: { selector: { matchLabels: { app: 'b' } } } }),
        mergePatch(`${path}/a`, { spec: { template: { metadata: { annotations: { a: 'b' } } } } }),
        mergePatch(`${path}/a/status`, { status: { observedGeneration: 1 } }),
        get(`${path}/a/scale`),
        mergePatch(`${path}/a/scale`, { spec: { replicas: 4 } }),
        get(`${path}/a`),
      ];
    }),
    post(
      `${apps}/deployments${dry}`,
      workload('Deployment', 'b', { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } }),
    ),
    post(
      `${apps}/deployments${dry}`,
      workload('Deployment', 'b', { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }),
    ),
    post(`${apps}/deployments${dry}`, workload('Deployment', 'b', { progressDeadlineSeconds: 5, minReadySeconds: 10 })),
    post(`${apps}/daemonsets${dry}`, workload('DaemonSet', 'b', { updateStrategy: { type: 'Sideways' } })),

    post(budgets, budget('a', { minAvailable: 1, selector })),
    post(budgets + dry, budget('b', { minAvailable: 1, maxUnavailable: 1, selector })),
    post(budgets + dry, budget('b', { minAvailable: 'half' })),
    post(budgets + dry, budget('b', { maxUnavailable: '150%', selector })),
    post(budgets + dry, budget('b', { minAvailable: -1, selector })),
    post(budgets + dry, budget('b', { minAvailable: 1, unhealthyPodEvictionPolicy: 'Never' })),
    post(budgets + dry, budget('b', { selector: { matchExpressions: [{ key: 'a', operator: 'Near', values: [] }] } })),
    mergePatch(`${budgets}/a`, { spec: { minAvailable: 2 } }, { select: (body) => body.spec }),

    post(
      leases,
      lease('a', {
        holderIdentity: 'me',
        leaseDurationSeconds: 15,
        acquireTime: '2024-01-01T00:00:00.000000Z',
        renewTime: '2024-01-01T00:00:00.000000Z',
        leaseTransitions: 1,
      }),
    ),
    post(leases + dry, lease('b', { leaseDurationSeconds: 0 })),
    post(leases + dry, lease('b', { leaseTransitions: -1 })),
    post(leases + dry, lease('b', { renewTime: '2024-01-01T00:00:00Z' })),
    post(leases + dry, lease('b', { renewTime: 'now' })),
    post(leases + dry, lease('b', {})),
    put(`${leases}/a`, lease('a', { holderIdentity: 'you' })),
    put(`${leases}/created`, lease('created', { holderIdentity: 'me' })),

    post(`${core}/events`, event('a', {})),
    post(`${core}/events`, event('b', { involvedObject: { kind: 'Pod', name: 'p', namespace: 'other' } })),
    post(`${core}/events`, event('c', { involvedObject: {} })),
    post(`${core}/events`, event('d', { type: 'Odd', message: 'x'.repeat(2000) })),
    post(`${core}/events`, event('e', { eventTime: '2024-01-01T00:00:00.000000Z' })),
    mergePatch(`${core}/events/a`, { count: 2, message: 'again' }),
    get('/apis/events.k8s.io/v1/namespaces/{{ns}}/events/a'),
    post('/apis/events.k8s.io/v1/namespaces/{{ns}}/events', {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name: 'new' },
      eventTime: '2024-01-01T00:00:00.000000Z',
      reportingController: 'example.com/c',
      reportingInstance: 'i',
      action: 'A',
      reason: 'R',
      regarding: { kind: 'Pod', name: 'p', namespace: '{{ns}}' },
      note: 'n',
      type: 'Normal',
    }),
    post('/apis/events.k8s.io/v1/namespaces/{{ns}}/events', {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name: 'bad' },
    }),
    get(`${core}/events/new`),

    post(`${core}/serviceaccounts`, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'sa' },
      automountServiceAccountToken: false,
    }),
    post(`${core}/serviceaccounts`, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'Bad.Name_' } }),
    post(`${core}/serviceaccounts/sa/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {},
    }),
    post(`${core}/serviceaccounts/sa/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { audiences: ['a', 'b'], expirationSeconds: 1200 },
    }),
    post(`${core}/serviceaccounts/sa/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 1 },
    }),
    post(`${core}/serviceaccounts/sa/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name: 'none' } },
    }),
    post(`${core}/serviceaccounts/sa/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name: 'ok' } },
    }),
    post(`${core}/serviceaccounts/none/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {},
    }),
    post(`${core}/serviceaccounts/sa/token`, { apiVersion: 'v1', kind: 'Pod' }, { difference: 'go-words' }),
  ],
};
