import { del, get, mergePatch, post, put, type Script } from '../script.ts';
import { configMap, configMaps, digestMirrorSet, digestMirrorSets, node, pod } from './objects.ts';

const a = `${configMaps}/a`;
const fin = `${configMaps}/fin`;
const set = `${digestMirrorSets}/deletion-a`;
const options = (more: object): object => ({ kind: 'DeleteOptions', apiVersion: 'v1', ...more });
const zero = '00000000-0000-4000-8000-000000000000';
const owned = (name: string, owner: string, more: object = {}): object =>
  configMap(
    name,
    {},
    { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: owner, uid: `{{${owner}}}`, ...more }] },
  );
const gone = (status: number): boolean => status === 404;

/** Deletion: preconditions, options, finalizers, grace, and the garbage collector. */
export const deletion: Script = {
  topic: 'deletion',
  steps: [
    post(configMaps, configMap('a'), { save: { uid: 'metadata.uid', rv: 'metadata.resourceVersion' } }),
    del(a, options({ preconditions: { uid: zero } })),
    del(a, options({ preconditions: { resourceVersion: '1' } })),
    del(a, options({ propagationPolicy: 'Sideways' })),
    del(a, options({ propagationPolicy: 'Background', orphanDependents: true })),
    del(a, options({ gracePeriodSeconds: -5, dryRun: ['All'] })),
    del(a, options({ dryRun: ['Some'] })),
    del(a, options({ unknownField: 1, dryRun: ['All'] })),
    del(`${a}?dryRun=All`),
    del(`${a}?dryRun=Some`),
    del(`${a}?propagationPolicy=Sideways`),
    del(`${a}?gracePeriodSeconds=abc`),
    del(`${a}?dryRun=All`, '{'),
    del(`${a}?dryRun=All`, { kind: 'ConfigMap', apiVersion: 'v1' }),
    del(a, options({ preconditions: { uid: '{{uid}}', resourceVersion: '{{rv}}' } })),
    get(a),

    post(configMaps, configMap('fin', {}, { finalizers: ['example.com/a', 'example.com/b'] }), {
      save: { finUid: 'metadata.uid' },
    }),
    del(fin),
    get(fin),
    del(fin),
    mergePatch(fin, { data: { still: 'writable' } }),
    mergePatch(fin, { metadata: { finalizers: ['example.com/a', 'example.com/b', 'example.com/c'] } }),
    mergePatch(fin, { metadata: { finalizers: ['example.com/b'] } }),
    mergePatch(fin, { metadata: { deletionTimestamp: null } }),
    post(configMaps, configMap('fin')),
    put(fin, configMap('fin')),
    get(fin),
    post(configMaps, configMap('twice', {}, { finalizers: ['example.com/a', 'example.com/a'] })),
    del(`${configMaps}/twice`),
    mergePatch(`${configMaps}/twice`, { metadata: { finalizers: null } }),

    post(digestMirrorSets, digestMirrorSet('deletion-a', [], { finalizers: ['example.com/a'] })),
    del(set, options({ preconditions: { uid: zero } })),
    del(set, options({ propagationPolicy: 'Background' })),
    get(set),
    mergePatch(set, { spec: { imageDigestMirrors: [{ source: 'a.example.com' }] } }),
    mergePatch(set, { metadata: { finalizers: ['example.com/a', 'example.com/new'] } }),
    mergePatch(set, { metadata: { finalizers: null } }),
    get(set, { until: gone }),

    post(configMaps, configMap('owner'), { save: { owner: 'metadata.uid' } }),
    post(configMaps, owned('child', 'owner')),
    del(`${configMaps}/owner`, options({ propagationPolicy: 'Background' })),
    get(`${configMaps}/child`, { until: gone }),
    post(configMaps, configMap('owner2'), { save: { owner2: 'metadata.uid' } }),
    post(configMaps, owned('child2', 'owner2', { blockOwnerDeletion: true, controller: true })),
    del(`${configMaps}/owner2`, options({ propagationPolicy: 'Foreground' })),
    get(`${configMaps}/owner2`, { until: gone }),
    get(`${configMaps}/child2`, { until: gone }),
    post(configMaps, configMap('owner3'), { save: { owner3: 'metadata.uid' } }),
    post(configMaps, owned('child3', 'owner3')),
    del(`${configMaps}/owner3`, options({ propagationPolicy: 'Orphan' })),
    get(`${configMaps}/owner3`, { until: gone }),
    get(`${configMaps}/child3`),
    del(`${configMaps}/child3?propagationPolicy=Foreground`, undefined, { select: (body) => body.kind }),
    get(`${configMaps}/child3`, { until: gone }),
    post(
      configMaps,
      configMap(
        'dangling',
        {},
        { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'never', uid: zero }] },
      ),
    ),
    get(`${configMaps}/dangling`, { until: gone }),
    post(
      configMaps,
      configMap(
        'two-controllers',
        {},
        {
          ownerReferences: [
            { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: zero, controller: true },
            { apiVersion: 'v1', kind: 'ConfigMap', name: 'y', uid: zero, controller: true },
          ],
        },
      ),
    ),
    post(
      configMaps,
      configMap('bad-owner', {}, { ownerReferences: [{ apiVersion: 'v1', kind: 'Event', name: 'x', uid: zero }] }),
    ),

    post('/api/v1/nodes', node('deletion-a')),
    post('/api/v1/namespaces/{{ns}}/pods', pod('scheduled', { nodeName: 'deletion-a' })),
    del('/api/v1/namespaces/{{ns}}/pods/scheduled'),
    del('/api/v1/namespaces/{{ns}}/pods/scheduled', options({ gracePeriodSeconds: 5 })),
    del('/api/v1/namespaces/{{ns}}/pods/scheduled', options({ gracePeriodSeconds: 0 }), {
      difference: 'final-revision',
    }),
    get('/api/v1/namespaces/{{ns}}/pods/scheduled'),
    post('/api/v1/namespaces/{{ns}}/pods', pod('pending')),
    del('/api/v1/namespaces/{{ns}}/pods/pending', undefined, { difference: 'final-revision' }),
    get('/api/v1/namespaces/{{ns}}/pods/pending'),
    del('/api/v1/nodes/deletion-a'),
  ],
};
