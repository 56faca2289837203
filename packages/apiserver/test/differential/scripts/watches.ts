import { del, get, mergePatch, post, put, type Script, watch } from '../script.ts';
import { configMap, configMaps, digestMirrorSet, digestMirrorSets, mirrorRule } from './objects.ts';

const stream = (query: string): string => `${configMaps}?watch=true&${query}`;
const table = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
const partial = { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' };
const initial = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
const a = `${configMaps}/a`;
const set = `${digestMirrorSets}/watches-a`;
const onlyA = 'fieldSelector=metadata.name%3Da';

/** Watches: starts, resumption, selectors, bookmarks, initial events, tables, refusals. */
export const watches: Script = {
  topic: 'watches',
  steps: [
    watch(stream('timeoutSeconds=1'), 1),
    watch(stream(''), 3, [
      post(configMaps, configMap('a', { k: '1' }), { save: { rv: 'metadata.resourceVersion' } }),
      mergePatch(a, { data: { k: '2' } }),
      mergePatch(a, { data: { k: '2' } }),
      del(a),
    ]),
    watch(stream('resourceVersion={{rv}}'), 2),
    post(configMaps, configMap('a', { k: '3' }, { labels: { on: 'yes' } }), {
      save: { rv: 'metadata.resourceVersion' },
    }),
    watch(stream(`resourceVersion={{rv}}&${onlyA}`), 1, [mergePatch(a, { data: { k: '4' } })]),
    watch(stream(`resourceVersion=0&${onlyA}`), 1),
    watch(`${stream('resourceVersion={{rv}}')}&labelSelector=on%3Dyes`, 4, [
      post(configMaps, configMap('b')),
      mergePatch(a, { metadata: { labels: { on: 'no' } } }),
      mergePatch(a, { data: { k: '5' } }),
      mergePatch(a, { metadata: { labels: { on: 'yes' } } }),
      mergePatch(`${configMaps}/b`, { metadata: { labels: { on: 'yes' } } }),
      del(`${configMaps}/b`),
    ]),
    watch(`${a}?watch=true`, 1, [mergePatch(a, { data: { k: '6' } })]),
    watch('/api/v1/watch/namespaces/{{ns}}/configmaps/a', 1, [], { difference: 'paths' }),
    watch('/api/v1/watch/namespaces/{{ns}}/configmaps?timeoutSeconds=1', 1, [], { difference: 'paths' }),
    watch(stream(`${initial}`), 2),
    watch(stream(`${initial}&resourceVersion=0`), 2),
    mergePatch(a, { data: { k: '7' } }),
    watch(stream(`${initial}&resourceVersion={{rv}}`), 2),
    watch(stream('sendInitialEvents=false&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true'), 1, [
      mergePatch(a, { data: { k: '8' } }),
    ]),
    get(stream('sendInitialEvents=true')),
    get(stream('sendInitialEvents=true&resourceVersionMatch=Exact')),
    get(stream('sendInitialEvents=true&resourceVersionMatch=NotOlderThan&timeoutSeconds=1')),
    get(stream('sendInitialEvents=maybe')),
    get(stream('resourceVersionMatch=NotOlderThan')),
    get(stream('resourceVersionMatch=Exact&resourceVersion=1')),
    get(stream('resourceVersion=abc'), { difference: 'bad-request' }),
    get(stream('timeoutSeconds=abc')),
    get(stream('limit=1&timeoutSeconds=1')),
    get(stream('continue=abc&timeoutSeconds=1')),
    get(stream('fieldSelector=data.x%3D1')),
    get(stream('labelSelector=%3D')),
    get(`${configMaps}?watch=maybe&timeoutSeconds=1`),
    get(`${configMaps}?watch=0`, { select: (body) => body.kind }),
    get(`${configMaps}?watch=1&timeoutSeconds=1`, { select: (body) => body.kind }),
    get('/api/v1/namespaces/missing/configmaps?watch=true&timeoutSeconds=1'),
    watch(stream('timeoutSeconds=1&allowWatchBookmarks=true&resourceVersion={{rv}}'), 20),
    watch(stream(`timeoutSeconds=2&${onlyA}`), 3, [mergePatch(a, { data: { k: '9' } })], { headers: table }),
    watch(stream(`timeoutSeconds=2&${onlyA}`), 3, [mergePatch(a, { data: { k: '10' } })], { headers: partial }),
    watch(stream(`timeoutSeconds=2&includeObject=None&${onlyA}`), 2, [], { headers: table }),
    watch(stream(`timeoutSeconds=2&includeObject=Object&${onlyA}`), 2, [], { headers: table }),
    watch(stream(`timeoutSeconds=1&${onlyA}`), 2, [], { headers: { accept: 'application/json;stream=watch' } }),
    watch(stream(`timeoutSeconds=1&${onlyA}`), 2, [], { headers: { accept: 'text/plain' } }),
    watch(stream('resourceVersion=99999999&timeoutSeconds=1'), 1),

    post(digestMirrorSets, digestMirrorSet('watches-a', [mirrorRule('a.example.com')]), {
      save: { rv: 'metadata.resourceVersion' },
    }),
    watch(`${digestMirrorSets}?watch=true&resourceVersion={{rv}}&fieldSelector=metadata.name%3Dwatches-a`, 3, [
      mergePatch(set, { metadata: { labels: { l: 'v' } } }),
      put(set, digestMirrorSet('watches-a', [mirrorRule('a.example.com')]), {}),
      mergePatch(set, { metadata: { finalizers: ['example.com/a'] } }),
      del(set),
      mergePatch(set, { metadata: { finalizers: null } }),
    ]),
    post(digestMirrorSets, digestMirrorSet('watches-b', []), { save: { rv: 'metadata.resourceVersion' } }),
    watch(`${digestMirrorSets}?watch=true&${initial}&fieldSelector=metadata.name%3Dwatches-b`, 2),
    watch(
      `${digestMirrorSets}?watch=true&timeoutSeconds=2&fieldSelector=metadata.name%3Dwatches-b`,
      2,
      [del(`${digestMirrorSets}/watches-b`)],
      {
        headers: table,
      },
    ),
    watch(`${digestMirrorSets}?watch=true&resourceVersion=1`, 1, [], { difference: 'at-once' }),
    get(`${digestMirrorSets}?watch=true&sendInitialEvents=true`),
  ],
};
