import { get, jsonPatch, mergePatch, post, put, type Script, send, strategicPatch } from '../script.ts';
import {
  configMap,
  configMaps,
  digestMirrorSet,
  digestMirrorSets,
  mirrorRule,
  node,
  pod,
  podTemplate,
} from './objects.ts';

const a = `${configMaps}/a`;
const set = `${digestMirrorSets}/patches-a`;
const pods = '/api/v1/namespaces/{{ns}}/pods';
const deployments = '/apis/apps/v1/namespaces/{{ns}}/deployments';
const nodeA = '/api/v1/nodes/patches-a';
const accounts = '/api/v1/namespaces/{{ns}}/serviceaccounts';

/** JSON Patch, JSON merge patch and strategic merge patch. */
export const patches: Script = {
  topic: 'patches',
  steps: [
    post(configMaps, configMap('a', { k: 'v', l: 'w' }), { save: { rv: 'metadata.resourceVersion' } }),
    jsonPatch(a, [{ op: 'add', path: '/data/new', value: 'x' }]),
    jsonPatch(a, [{ op: 'replace', path: '/data/k', value: 'v2' }]),
    jsonPatch(a, [{ op: 'remove', path: '/data/l' }]),
    jsonPatch(a, [{ op: 'move', from: '/data/new', path: '/data/moved' }]),
    jsonPatch(a, [{ op: 'copy', from: '/data/k', path: '/data/copied' }]),
    jsonPatch(a, [{ op: 'test', path: '/data/k', value: 'v2' }]),
    jsonPatch(a, [{ op: 'test', path: '/data/k', value: 'other' }]),
    jsonPatch(a, [{ op: 'remove', path: '/data/none' }]),
    jsonPatch(a, [{ op: 'replace', path: '/data/none', value: 'x' }]),
    jsonPatch(a, [{ op: 'add', path: '/nowhere/deep', value: 'x' }]),
    jsonPatch(a, [{ op: 'shout', path: '/data/k' }]),
    jsonPatch(a, [{ op: 'add', path: 'data/k', value: 'x' }]),
    jsonPatch(a, [{ op: 'add', path: '/metadata/labels', value: { 'a/b': '1', 'c~d': '2' } }], {
      difference: 'repeats',
    }),
    jsonPatch(a, [{ op: 'add', path: '/metadata/labels', value: { 'example.com/b': '1' } }]),
    jsonPatch(a, [{ op: 'replace', path: '/metadata/labels/example.com~1b', value: '3' }]),
    jsonPatch(a, [{ op: 'replace', path: '/metadata/name', value: 'other' }]),
    jsonPatch(a, [{ op: 'replace', path: '/kind', value: 'Secret' }], { difference: 'go-words' }),
    jsonPatch(a, [{ op: 'replace', path: '/data', value: 'text' }]),
    jsonPatch(a, [{ op: 'add', path: '/unknown', value: 'x' }]),
    jsonPatch(a, []),
    jsonPatch(a, {}),
    jsonPatch(a, '['),
    jsonPatch(a, [
      { op: 'test', path: '/metadata/resourceVersion', value: '{{rv}}' },
      { op: 'remove', path: '/data/k' },
    ]),
    jsonPatch(`${configMaps}/none`, []),
    jsonPatch(a, [{ op: 'remove', path: '' }]),
    jsonPatch(a, [{ path: '/data/k', value: 'x' }]),
    jsonPatch(a, [{ op: 'add', path: '/data/n', value: null }]),

    mergePatch(a, { data: { m: '1' } }),
    mergePatch(a, { data: { m: null } }),
    mergePatch(a, { data: { m: null } }),
    mergePatch(a, { data: null }),
    mergePatch(a, { metadata: { resourceVersion: '{{rv}}' }, data: { q: '1' } }),
    mergePatch(a, { metadata: { resourceVersion: 'abc' }, data: { q: '1' } }, { difference: 'bad-request' }),
    mergePatch(a, { metadata: { uid: '00000000-0000-4000-8000-000000000000' } }),
    mergePatch(a, { metadata: { name: 'b' } }),
    mergePatch(a, { metadata: { namespace: 'b' } }),
    mergePatch(a, { metadata: { creationTimestamp: '2001-01-01T00:00:00Z' } }),
    mergePatch(a, { metadata: { deletionTimestamp: '2001-01-01T00:00:00Z' } }),
    mergePatch(a, { metadata: { generation: 7, labels: { a: 'b' } } }),
    mergePatch(a, { metadata: { managedFields: [] } }),
    mergePatch(a, { metadata: { managedFields: null } }),
    mergePatch(a, { metadata: { labels: null, annotations: { x: 'y' } } }),
    mergePatch(a, { data: { k: 5 } }),
    mergePatch(a, { data: [] }),
    mergePatch(a, { nope: 1 }),
    mergePatch(a, '{'),
    mergePatch(a, '[]'),
    mergePatch(a, '"text"'),
    mergePatch(a, 'null'),
    mergePatch(a, ''),
    send('PATCH', a, '{}', 'application/json'),
    send('PATCH', a, '{}', 'text/plain'),
    send('PATCH', a, '{}', ''),
    get(a),

    post(digestMirrorSets, digestMirrorSet('patches-a', [mirrorRule('a.example.com', 'm1.example.com')])),
    jsonPatch(set, [{ op: 'add', path: '/spec/imageDigestMirrors/-', value: mirrorRule('b.example.com') }]),
    jsonPatch(set, [{ op: 'add', path: '/spec/imageDigestMirrors/0', value: mirrorRule('c.example.com') }]),
    jsonPatch(set, [{ op: 'remove', path: '/spec/imageDigestMirrors/9' }]),
    jsonPatch(set, [{ op: 'add', path: '/spec/imageDigestMirrors/9', value: {} }]),
    jsonPatch(set, [{ op: 'test', path: '/spec/imageDigestMirrors/0/source', value: 'c.example.com' }]),
    jsonPatch(set, [{ op: 'add', path: '/spec/unknown', value: 'x' }]),
    jsonPatch(set, [{ op: 'replace', path: '/spec', value: 5 }]),
    mergePatch(set, { spec: { imageDigestMirrors: [mirrorRule('z.example.com')] } }),
    mergePatch(set, { spec: { imageDigestMirrors: 'text' } }),
    mergePatch(set, { spec: null }),
    mergePatch(set, { status: { ignored: true } }),
    mergePatch(set, '{'),
    mergePatch(set, '[]'),
    strategicPatch(set, { metadata: { labels: { a: 'b' } } }),
    send('PATCH', set, '{}', 'application/json'),
    get(set),

    post('/api/v1/nodes', node('patches-a', {}, { taints: [{ key: 'a', effect: 'NoSchedule' }] })),
    strategicPatch(nodeA, { spec: { unschedulable: true } }),
    strategicPatch(nodeA, { spec: { unschedulable: null } }),
    strategicPatch(nodeA, { spec: { taints: [{ key: 'b', effect: 'NoExecute' }] } }),
    strategicPatch(
      nodeA,
      { spec: { taints: [{ $patch: 'replace' }, { key: 'c', effect: 'NoSchedule' }] } },
      { difference: 'warnings' },
    ),
    strategicPatch(nodeA, { spec: { taints: [{ key: 'c', $patch: 'delete' }] } }, { difference: 'warnings' }),
    strategicPatch(nodeA, { metadata: { labels: { $patch: 'replace', only: 'this' } } }),
    strategicPatch(nodeA, { metadata: { labels: { $patch: 'shout' } } }),
    strategicPatch(nodeA, { metadata: { finalizers: ['a.example.com/x', 'a.example.com/y'] } }),
    strategicPatch(nodeA, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a.example.com/x'] } }),
    strategicPatch(nodeA, {
      metadata: {
        finalizers: ['a.example.com/z'],
        '$setElementOrder/finalizers': ['a.example.com/z', 'a.example.com/y'],
      },
    }),
    strategicPatch(nodeA, { metadata: { finalizers: null } }),
    strategicPatch('/api/v1/nodes/patches-a/status', {
      status: { conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'm' }] },
    }),
    strategicPatch('/api/v1/nodes/patches-a/status', { status: { conditions: [{ type: 'Ready', status: 'False' }] } }),
    strategicPatch('/api/v1/nodes/patches-a/status', {
      status: { addresses: [{ type: 'InternalIP', address: '10.0.0.1' }], nodeInfo: { kubeletVersion: 'v1.36.0' } },
    }),

    post(pods, pod('a')),
    strategicPatch(`${pods}/a`, { metadata: { labels: { app: 'a' } } }),
    strategicPatch(`${pods}/a`, { spec: { containers: [{ name: 'main', image: 'registry.example.com/app:v2' }] } }),
    strategicPatch(`${pods}/a`, { spec: { containers: [{ name: 'second', image: 'i' }] } }),
    strategicPatch(`${pods}/a`, { spec: { containers: [{ image: 'no-merge-key' }] } }, { difference: 'bad-request' }),
    strategicPatch(`${pods}/a`, { spec: { tolerations: [{ key: 'x', operator: 'Exists' }] } }),
    strategicPatch(`${pods}/a`, { spec: { nodeName: 'other' } }, { difference: 'go-words' }),

    post(deployments, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
      spec: { selector: { matchLabels: { app: 'a' } }, template: podTemplate({ app: 'a' }) },
    }),
    strategicPatch(`${deployments}/a`, {
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'main',
                env: [
                  { name: 'A', value: '1' },
                  { name: 'B', value: '2' },
                ],
              },
            ],
          },
        },
      },
    }),
    strategicPatch(`${deployments}/a`, {
      spec: {
        template: {
          spec: {
            '$setElementOrder/containers': [{ name: 'side' }, { name: 'main' }],
            containers: [{ name: 'side', image: 'side:1' }],
          },
        },
      },
    }),
    strategicPatch(`${deployments}/a`, {
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'main',
                '$setElementOrder/env': [{ name: 'B' }, { name: 'A' }],
                env: [{ name: 'A', value: '9' }],
              },
            ],
          },
        },
      },
    }),
    strategicPatch(`${deployments}/a`, { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } }),
    strategicPatch(`${deployments}/a`, { spec: { strategy: { $retainKeys: ['other'], type: 'Recreate' } } }),
    strategicPatch(`${deployments}/a`, {
      spec: { template: { spec: { containers: [{ name: 'side', $patch: 'delete' }] } } },
    }),
    strategicPatch(`${deployments}/a`, { spec: { selector: { matchLabels: { app: 'other' } } } }),
    strategicPatch(`${deployments}/a`, { spec: { replicas: 'three' } }, { difference: 'go-words' }),
    strategicPatch(`${deployments}/a`, { spec: { unknown: 1 } }),
    strategicPatch(`${deployments}/a`, '{'),
    strategicPatch(`${deployments}/a`, '[]'),
    post(accounts, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'a' },
      imagePullSecrets: [{ name: 'x' }],
    }),
    strategicPatch(`${accounts}/a`, { imagePullSecrets: [{ name: 'y' }] }),
    strategicPatch(`${accounts}/a`, { secrets: [{ name: 's' }] }),
    put(`${deployments}/a/status`, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
      status: { replicas: 1, readyReplicas: 1 },
    }),
    get(`${deployments}/a`),
  ],
};
