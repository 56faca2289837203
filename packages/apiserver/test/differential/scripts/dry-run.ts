import { del, get, jsonPatch, mergePatch, post, put, type Script } from '../script.ts';
import { configMap, configMaps, digestMirrorSet, digestMirrorSets } from './objects.ts';

const a = `${configMaps}/a`;
const strict = 'fieldValidation=Strict';
const doubled =
  '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"dup","zz":1},"data":{"a":"1","a":"2"},"dat":{"x":"y"}}';
const doubledSet =
  '{"apiVersion":"config.openshift.io/v1","kind":"ImageDigestMirrorSet","metadata":{"name":"dry-run-dup","zz":1},"spec":{"imageDigestMirrors":[{"source":"a.example.com","source":"b.example.com","nope":1}],"other":{}},"status":{"s":1},"top":1}';
const set = `${digestMirrorSets}/dry-run-a`;
const levels = ['Strict', 'Warn', 'Ignore', '', 'Sometimes'];

/** dryRun and fieldValidation on every verb. */
export const dryRun: Script = {
  topic: 'dry-run',
  steps: [
    post(`${configMaps}?dryRun=All`, configMap('a')),
    get(a),
    post(`${configMaps}?dryRun=Some`, configMap('a')),
    post(`${configMaps}?dryRun=All&dryRun=All`, configMap('a')),
    post(`${configMaps}?dryRun=`, configMap('blank')),
    post(configMaps, configMap('a', { k: 'v' })),
    post(`${configMaps}?dryRun=All`, configMap('a')),
    put(`${a}?dryRun=All`, configMap('a', { k: 'w' })),
    mergePatch(`${a}?dryRun=All`, { data: { k: 'x' } }),
    jsonPatch(`${a}?dryRun=All`, [{ op: 'remove', path: '/data/k' }]),
    jsonPatch(`${a}?dryRun=Maybe`, []),
    get(a),
    del(`${a}?dryRun=All`),
    get(a),
    post(`${digestMirrorSets}?dryRun=All`, digestMirrorSet('dry-run-a', [])),
    get(set),
    post(`${configMaps}?dryRun=All`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'dry-' } }),
    ...levels.flatMap((level) => [
      post(`${configMaps}?fieldValidation=${level}&dryRun=All`, doubled),
      post(`${digestMirrorSets}?fieldValidation=${level}&dryRun=All`, doubledSet),
      put(`${a}?fieldValidation=${level}&dryRun=All`, { ...configMap('a'), dat: {} }),
      mergePatch(`${a}?fieldValidation=${level}&dryRun=All`, '{"data":{"q":"1","q":"2"},"dat":{}}'),
      jsonPatch(`${a}?fieldValidation=${level}&dryRun=All`, [{ op: 'add', path: '/dat', value: {}, extra: 1 }]),
    ]),
    post(digestMirrorSets, digestMirrorSet('dry-run-a', [])),
    mergePatch(`${set}?${strict}&dryRun=All`, { spec: { unknown: 1 }, status: { s: 1 } }),
    mergePatch(`${set}?${strict}&dryRun=All`, { metadata: { unknown: 1 } }),
    mergePatch(`${set}/status?${strict}&dryRun=All`, { status: { unknown: 1 } }),
    mergePatch(`${set}/status?dryRun=All`, { status: { unknown: 1 } }),
    jsonPatch(`${set}?${strict}&dryRun=All`, '[{"op":"add","op":"add","path":"/spec/unknown","value":1}]'),
    post(`${configMaps}?${strict}&dryRun=All`, { ...configMap('x'), Data: { a: '1' } }),
    post(
      `${configMaps}?${strict}&dryRun=All`,
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: y}\ndata: {a: "1", a: "2"}\nnope: 1\n',
      {
        headers: { 'content-type': 'application/yaml' },
        difference: 'yaml',
      },
    ),
    post(
      `${digestMirrorSets}?${strict}&dryRun=All`,
      'apiVersion: config.openshift.io/v1\nkind: ImageDigestMirrorSet\nmetadata: {name: dry-run-y}\nspec: {a: 1, a: 2}\n',
      {
        headers: { 'content-type': 'application/yaml' },
        difference: 'yaml',
      },
    ),
    post(`${configMaps}?dryRun=All`, configMap('proto', JSON.parse('{"__proto__":"1","constructor":"2"}'))),
    post(
      `${configMaps}?${strict}&dryRun=All`,
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"p"},"__proto__":{"a":1}}',
    ),
  ],
};
