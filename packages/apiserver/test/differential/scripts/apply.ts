import { apply, del, get, jsonPatch, mergePatch, post, put, type Script } from '../script.ts';
import {
  configMap,
  configMaps,
  digestMirrorSet,
  digestMirrorSets,
  mirrorRule,
  nodePools,
  podTemplate,
} from './objects.ts';

const a = `${configMaps}/a`;
const by = (path: string, manager: string, more = ''): string => `${path}?fieldManager=${manager}${more}`;
const set = `${digestMirrorSets}/apply-a`;
const rule = mirrorRule('a.example.com', 'm1.example.com', 'm2.example.com');
const deployment = '/apis/apps/v1/namespaces/{{ns}}/deployments/a';
const withContainers = (...containers: object[]): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'a' },
  spec: {
    selector: { matchLabels: { app: 'a' } },
    template: { metadata: { labels: { app: 'a' } }, spec: { containers } },
  },
});
const pool = {
  apiVersion: 'hypershift.openshift.io/v1beta1',
  kind: 'NodePool',
  metadata: { name: 'a' },
};
const role = '/apis/rbac.authorization.k8s.io/v1/clusterroles/apply-a';

const scaleOf = (replicas: unknown, more: object = {}): object => ({
  apiVersion: 'autoscaling/v1',
  kind: 'Scale',
  metadata: { name: 'scaled' },
  spec: { replicas },
  ...more,
});
const scaled = '/apis/apps/v1/namespaces/{{ns}}/deployments/scaled';
/** Server-side apply of the replicas alone. */
const scaleSteps = [
  apply(by(`${scaled}/scale`, 'hpa'), scaleOf(3)),
  post(scaled.replace('/scaled', '?fieldManager=maker'), {
    ...withContainers({ name: 'c', image: 'i' }),
    metadata: { name: 'scaled' },
  }),
  apply(by(`${scaled}/scale`, 'hpa'), scaleOf(3)),
  apply(by(`${scaled}/scale`, 'hpa', '&force=true'), scaleOf(3)),
  apply(by(`${scaled}/scale`, 'hpa', '&force=true'), scaleOf(3)),
  get(scaled),
  apply(by(`${scaled}/scale`, 'other'), scaleOf(4)),
  apply(by(`${scaled}/scale`, 'hpa'), scaleOf(5)),
  mergePatch(by(`${scaled}/scale`, 'patcher'), { spec: { replicas: 6 } }),
  get(scaled),
  apply(`${scaled}/scale`, scaleOf(5)),
  apply(by(`${scaled}/scale`, 'hpa'), { ...scaleOf(5), kind: 'Deployment' }),
];

/** Server-side apply: ownership, conflicts, force, removal, and what it refuses. */
export const applies: Script = {
  topic: 'apply',
  steps: [
    post(configMaps, configMap('o'), { save: { first: 'metadata.uid' } }),
    post(configMaps, configMap('o2'), { save: { second: 'metadata.uid' } }),
    apply(by(a, 'm1'), configMap('a', { x: '1', y: '2' })),
    apply(by(a, 'm1'), configMap('a', { x: '1', y: '2' })),
    apply(by(a, 'm2'), configMap('a', { x: '1' })),
    apply(by(a, 'm2'), configMap('a', { x: 'other' })),
    apply(by(a, 'm2', '&force=true'), configMap('a', { x: 'other' })),
    apply(by(a, 'm2', '&force=maybe'), configMap('a', { x: 'other' })),
    apply(by(a, 'm1'), configMap('a', { y: '2' })),
    apply(by(a, 'm1'), configMap('a')),
    apply(by(a, 'm1'), configMap('a', { z: '3' }, { labels: { l: '1' }, annotations: { n: '1' } })),
    mergePatch(by(a, 'editor'), { data: { z: 'edited', w: 'new' } }),
    apply(by(a, 'm1'), configMap('a', { z: '3', w: 'mine' }, { labels: { l: '1' } })),
    apply(by(a, 'm1', '&force=true'), configMap('a', { z: '3' }, { labels: { l: '1' } })),
    put(by(a, 'putter'), configMap('a', { only: 'this' })),
    jsonPatch(by(a, 'json'), [{ op: 'add', path: '/data/json', value: '1' }]),
    apply(by(a, 'm3'), configMap('a', { only: 'this', json: '1' }, { finalizers: ['example.com/a'] })),
    apply(by(a, 'm4'), configMap('a', {}, { finalizers: ['example.com/b'] })),
    apply(by(a, 'm3'), configMap('a', { only: 'this' })),
    apply(by(a, 'm4'), configMap('a')),
    apply(
      by(a, 'm1'),
      configMap(
        'a',
        {},
        {
          ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid: '{{first}}' }],
        },
      ),
    ),
    apply(
      by(a, 'm2'),
      configMap(
        'a',
        {},
        {
          ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'o2', uid: '{{second}}' }],
        },
      ),
    ),
    mergePatch(by(a, 'reset'), { metadata: { managedFields: [{}] } }),
    apply(by(a, 'after-reset'), configMap('a', { only: 'mine' })),
    get(a),
    apply(a, configMap('a')),
    apply(by(a, ''), configMap('a')),
    apply(by(a, 'x'.repeat(129)), configMap('a')),
    apply(by(a, '%01'), configMap('a')),
    mergePatch(by(a, 'x'.repeat(129)), {}),
    mergePatch(`${a}?force=true`, {}),
    apply(by(a, 'm1'), configMap('a', {}, { managedFields: [{ manager: 'x', operation: 'Apply' }] })),
    apply(by(a, 'm1'), configMap('b')),
    apply(by(a, 'm1'), { apiVersion: 'v1', kind: 'ConfigMap' }),
    apply(by(a, 'm1'), { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} }),
    apply(by(a, 'm1'), { kind: 'ConfigMap', metadata: { name: 'a' } }),
    apply(by(a, 'm1'), { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }),
    apply(by(a, 'm1'), { apiVersion: 'apps/v1', kind: 'ConfigMap', metadata: { name: 'a' } }),
    apply(by(a, 'm1'), configMap('a', {}, { resourceVersion: '1' })),
    apply(by(a, 'm1'), configMap('a', {}, { uid: '00000000-0000-4000-8000-000000000000' })),
    apply(by(`${configMaps}/new`, 'm1'), configMap('new', {}, { uid: '00000000-0000-4000-8000-000000000000' })),
    apply(by(`${configMaps}/new`, 'm1'), configMap('new', {}, { resourceVersion: '1' })),
    apply(by(a, 'm1'), { ...configMap('a'), unknown: 1 }, { difference: 'bad-request' }),
    apply(by(a, 'm1'), { ...configMap('a'), data: 'text' }, { difference: 'bad-request' }),
    apply(by(a, 'm1'), '{', { difference: 'yaml' }),
    apply(by(a, 'm1'), '[]', { difference: 'yaml' }),
    apply(by(a, 'm1'), '', { difference: 'yaml' }),
    apply(by(a, 'm1'), 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  yaml: "1"\n'),
    apply(by('/api/v1/namespaces/missing/configmaps/a', 'm1'), configMap('a')),
    apply(by(a, 'm1', '&dryRun=All'), configMap('a', { dry: '1' })),
    apply(by(`${configMaps}/dry`, 'm1', '&dryRun=All'), configMap('dry', { dry: '1' })),
    get(`${configMaps}/dry`),

    apply(by(set, 'm1'), digestMirrorSet('apply-a', [rule])),
    apply(by(set, 'm1'), digestMirrorSet('apply-a', [rule])),
    apply(by(set, 'm2'), digestMirrorSet('apply-a', [mirrorRule('b.example.com')])),
    apply(by(set, 'm2', '&force=true'), digestMirrorSet('apply-a', [mirrorRule('b.example.com')])),
    apply(by(set, 'm1'), digestMirrorSet('apply-a', [mirrorRule('b.example.com')])),
    apply(by(set, 'm1'), { ...digestMirrorSet('apply-a', []), spec: { unknown: true } }, { difference: 'bad-request' }),
    apply(by(set, 'm1'), { ...digestMirrorSet('apply-a', []), spec: 'text' }, { difference: 'bad-request' }),
    apply(by(set, 'm1'), digestMirrorSet('apply-a', [mirrorRule('a', 'm1', 'm1')]), { difference: 'bad-request' }),
    apply(by(set, 'm1'), digestMirrorSet('apply-a', [{ mirrors: ['no-source'] }])),
    apply(by(set, 'm1'), { ...digestMirrorSet('apply-a', []), apiVersion: 'config.openshift.io/v9' }),
    apply(by(set, 'm1'), { ...digestMirrorSet('apply-a', []), status: { a: 1 } }),
    apply(
      by(`${set}/status`, 'm1'),
      { ...digestMirrorSet('apply-a', []), status: { a: 1 } },
      { difference: 'warnings' },
    ),
    apply(by(set, 'm1'), {
      apiVersion: 'config.openshift.io/v1',
      kind: 'ImageDigestMirrorSet',
      metadata: { name: 'apply-a' },
    }),
    get(set),
    del(set),

    apply(by(`${nodePools}/a`, 'spec-writer'), {
      ...pool,
      spec: {
        clusterName: 'c',
        replicas: 2,
        release: { image: 'registry.example.com/release:4.20' },
        management: { upgradeType: 'Replace' },
        platform: { type: 'None' },
      },
    }),
    apply(by(`${nodePools}/a/status`, 'status-writer'), { ...pool, status: { replicas: 1, version: '4.20' } }),
    apply(by(`${nodePools}/a/status`, 'status-writer'), { ...pool, spec: { replicas: 9 }, status: { replicas: 2 } }),
    apply(by(`${nodePools}/a/status`, 'other-writer'), { ...pool, status: { replicas: 3 } }),
    apply(by(`${nodePools}/a/status`, 'cond-1'), {
      ...pool,
      status: {
        conditions: [
          { type: 'A', status: 'True', reason: 'R', lastTransitionTime: '2024-01-01T00:00:00Z', observedGeneration: 1 },
        ],
      },
    }),
    apply(by(`${nodePools}/a/status`, 'cond-2'), {
      ...pool,
      status: {
        conditions: [
          { type: 'B', status: 'True', reason: 'R', lastTransitionTime: '2024-01-01T00:00:00Z', observedGeneration: 1 },
        ],
      },
    }),
    get(`${nodePools}/a`),

    apply(by(deployment, 'm1'), withContainers({ name: 'a', image: 'a:1', ports: [{ containerPort: 80 }] })),
    apply(by(deployment, 'm2'), withContainers({ name: 'b', image: 'b:1' })),
    apply(by(deployment, 'm2'), withContainers({ name: 'a', image: 'a:2' }, { name: 'b', image: 'b:1' })),
    apply(
      by(deployment, 'm2', '&force=true'),
      withContainers({ name: 'a', image: 'a:2' }, { name: 'b', image: 'b:1' }),
    ),
    apply(
      by(deployment, 'm1'),
      withContainers({ name: 'a', ports: [{ containerPort: 80 }, { containerPort: 81, protocol: 'UDP' }] }),
    ),
    apply(by(deployment, 'm2'), withContainers({ name: 'b', image: 'b:1', env: [{ name: 'E', value: 'v' }] })),
    apply(by(deployment, 'm2'), withContainers({ name: 'b', image: 'b:1' }, { name: 'b', image: 'b:2' }), {
      difference: 'bad-request',
    }),
    apply(by(deployment, 'm1'), withContainers()),
    get(deployment),

    apply(by(role, 'm1'), {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'apply-a' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    }),
    apply(by(role, 'm2'), {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'apply-a' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }],
    }),
    post(`${configMaps}?fieldManager=creator`, configMap('created', { a: '1' })),
    apply(by(`${configMaps}/created`, 'creator'), configMap('created', { a: '1' })),
    apply(by(`${configMaps}/created`, 'creator'), configMap('created', { b: '1' })),
    // Named in the order of their writes: the real server merges the oldest by second, then by name.
    ...Array.from({ length: 13 }, (_, index) =>
      mergePatch(by(`${configMaps}/created`, `updater-${String.fromCharCode(97 + index)}`), {
        data: { [`u${index}`]: '1' },
      }),
    ),
    get(`${configMaps}/created`),
    apply(by('/apis/apps/v1/namespaces/{{ns}}/daemonsets/a', 'm1'), {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'a' },
      spec: { selector: { matchLabels: { app: 'a' } }, template: podTemplate({ app: 'a' }) },
    }),
    ...scaleSteps,
  ],
};
