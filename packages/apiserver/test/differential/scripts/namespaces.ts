import { del, get, mergePatch, post, put, type Script } from '../script.ts';
import { configMap, nodePools } from './objects.ts';

const all = '/api/v1/namespaces';
const namespace = (name: string, metadata: object = {}, more: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, ...metadata },
  ...more,
});
const inDying = '/api/v1/namespaces/namespaces-dying/configmaps';
const pool = {
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
};

/** The life of namespaces. */
export const namespaces: Script = {
  topic: 'namespaces',
  steps: [
    get(`${all}/namespaces`),
    get(`${all}/default`),
    get(`${all}/kube-system`),
    get(`${all}/kube-public`),
    get(`${all}/kube-node-lease`),
    post(all, namespace('namespaces-a', { labels: { 'kubernetes.io/metadata.name': 'lie', team: 'x' } })),
    post(all, namespace('namespaces-a')),
    post(all, namespace('Bad')),
    post(all, namespace('dots.are.bad')),
    post(all, namespace('x'.repeat(64))),
    post(all, namespace('')),
    post(
      all,
      namespace('namespaces-spec', {}, { spec: { finalizers: ['example.com/own'] }, status: { phase: 'Terminating' } }),
    ),
    post(all, { apiVersion: 'v1', kind: 'Namespace', metadata: { generateName: 'namespaces-gen-' } }),
    mergePatch(`${all}/namespaces-a`, { metadata: { labels: { 'kubernetes.io/metadata.name': null, team: 'y' } } }),
    mergePatch(`${all}/namespaces-a`, { spec: { finalizers: [] } }),
    mergePatch(`${all}/namespaces-a/status`, { status: { phase: 'Odd' } }),
    put(
      `${all}/namespaces-a/finalize`,
      namespace('namespaces-a', {}, { spec: { finalizers: ['example.com/x', 'kubernetes'] } }),
    ),
    put(
      `${all}/namespaces-a/finalize`,
      namespace('namespaces-a', {}, { spec: { finalizers: ['noslash', 'kubernetes'] } }),
    ),
    put(`${all}/namespaces-a/finalize`, namespace('namespaces-a', {}, { spec: { finalizers: ['kubernetes'] } })),
    del(`${all}/default`),
    del(`${all}/kube-system`),
    del(`${all}/namespaces-none`),
    del(`${all}/namespaces-a?dryRun=All`),
    del(`${all}/namespaces-a`),
    get(`${all}/namespaces-a`, { until: (status) => status === 404 }),

    post(all, namespace('namespaces-dying')),
    post(inDying, configMap('held', {}, { finalizers: ['example.com/hold'] })),
    post(inDying, configMap('free')),
    post(nodePools.replace('{{ns}}', 'namespaces-dying'), pool),
    del(`${all}/namespaces-dying`),
    post(inDying, configMap('late')),
    get(`${inDying}/free`, { until: (status) => status === 404 }),
    get(`${all}/namespaces-dying`, {
      until: (_, body) =>
        body?.status?.conditions?.some((c: any) => c.type === 'NamespaceFinalizersRemaining' && c.status === 'True') ??
        false,
    }),
    del(`${all}/namespaces-dying`),
    post(inDying, configMap('later')),
    mergePatch(`${inDying}/held`, { data: { still: 'possible' } }),
    mergePatch(`${inDying}/held`, { metadata: { finalizers: null } }),
    get(`${all}/namespaces-dying`, { until: (status) => status === 404 }),
    get(inDying),
  ],
};
