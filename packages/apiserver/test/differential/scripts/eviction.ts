import { get, mergePatch, post, type Script } from '../script.ts';
import { node, pod } from './objects.ts';

const pods = '/api/v1/namespaces/{{ns}}/pods';
const budgets = '/apis/policy/v1/namespaces/{{ns}}/poddisruptionbudgets';
const evict = (name: string, more: object = {}, query = '') =>
  post(`${pods}/${name}/eviction${query}`, {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace: 'eviction' },
    ...more,
  });
const ready = (name: string) =>
  mergePatch(`${pods}/${name}/status`, {
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  });
const budget = (name: string, spec: object) =>
  post(budgets, { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name }, spec });
const labelled = (name: string, app: string) => post(pods, pod(name, { nodeName: 'eviction-a' }, { labels: { app } }));

/** Evictions under budgets, and what the disruption controller writes. */
export const eviction: Script = {
  topic: 'eviction',
  steps: [
    post('/api/v1/nodes', node('eviction-a')),
    evict('none'),
    post(pods, pod('pending')),
    evict('pending', { metadata: { name: 'other' } }),
    evict('pending', { metadata: { name: 'pending', namespace: 'other' } }),
    post(pods, pod('old-version')),
    { ...evict('old-version', { apiVersion: 'policy/v1beta1' }), difference: 'old-versions' },
    evict('pending', {}, '?dryRun=All'),
    evict('pending', { deleteOptions: { preconditions: { uid: '00000000-0000-4000-8000-000000000000' } } }),
    evict('pending'),
    labelled('free', 'free'),
    ready('free'),
    evict('free', { deleteOptions: { gracePeriodSeconds: 0 } }),
    get(`${pods}/free`, { until: (status) => status === 404 }),
    labelled('g1', 'guarded'),
    labelled('g2', 'guarded'),
    ready('g1'),
    ready('g2'),
    budget('guard', { minAvailable: 2, selector: { matchLabels: { app: 'guarded' } } }),
    get(`${budgets}/guard`, {
      until: (_, body) => body?.status?.observedGeneration === 1,
      select: (body) => ({ spec: body.spec, status: body.status }),
    }),
    evict('g1'),
    evict('g1', {}, '?dryRun=All'),
    mergePatch(
      `${budgets}/guard`,
      { spec: { minAvailable: 1 } },
      { select: (body) => ({ generation: body.metadata?.generation, spec: body.spec }) },
    ),
    get(`${budgets}/guard`, {
      until: (_, body) => body?.status?.disruptionsAllowed === 1,
      select: (body) => ({ spec: body.spec, status: body.status }),
    }),
    evict('g1'),
    get(`${pods}/g1`, {
      select: (body) => ({ conditions: body.status?.conditions, deleting: body.metadata?.deletionGracePeriodSeconds }),
    }),
    evict('g2'),
    labelled('twice', 'twice'),
    ready('twice'),
    budget('one', { minAvailable: 0, selector: { matchLabels: { app: 'twice' } } }),
    budget('two', { minAvailable: 0, selector: { matchLabels: { app: 'twice' } } }),
    evict('twice'),
  ],
};
