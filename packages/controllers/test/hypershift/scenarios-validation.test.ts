import { expect, test } from 'vitest';
import { hostedClusters } from '../../src/hypershift/resources.ts';
import { find } from '../support/control-plane.ts';
import { idms, itms, putConfigMap, putHostedCluster, releaseImage } from '../support/fixtures.ts';
import { clusterOf, conditionOf, controlPlaneConfigMap, coreMirrors, startFleet } from '../support/fleet.ts';
import { reference, unified, unifiedName } from '../support/unified.ts';

const good = { source: 'quay.io', mirrors: ['mirror.example.com/quay'] };
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ source: `quay.io/team-${index}`, mirrors: ['mirror.example.com/x'] }));

const refused: readonly [fault: string, list: readonly object[], place: string][] = [
  ['an empty source', [{ source: '', mirrors: ['m.example.com'] }], 'imageTagMirrorSet[0].source'],
  ['a source twice', [good, good], 'imageTagMirrorSet[1]'],
  ['no mirrors', [{ source: 'quay.io', mirrors: [] }], 'imageTagMirrorSet[0].mirrors'],
  ['a blank mirror', [{ source: 'quay.io', mirrors: [''] }], 'imageTagMirrorSet[0].mirrors[0]'],
  ['a mirror that is the source', [{ source: 'quay.io', mirrors: ['quay.io'] }], 'imageTagMirrorSet[0]'],
  ['a mirror twice', [{ source: 'quay.io', mirrors: ['m.io', 'm.io'] }], 'imageTagMirrorSet[0].mirrors[1]'],
  ['an unknown policy', [{ ...good, mirrorSourcePolicy: 'Sometimes' }], 'imageTagMirrorSet[0].mirrorSourcePolicy'],
  ['upper case in a path', [{ ...good, source: 'quay.io/Foo' }], 'imageTagMirrorSet[0].source'],
  ['a tag in a source', [{ ...good, source: 'quay.io/foo:v1' }], 'imageTagMirrorSet[0].source'],
  ['more than 255 sources', many(256), 'imageTagMirrorSet'],
];

test('scenario 11: faults of imageTagMirrorSet are refused when it is made and when it is changed', async () => {
  const { client, ...fleet } = await startFleet();
  const spec = { release: { image: releaseImage('4.21.0') }, pullSecret: { name: 'pull-secret' } };
  const place = { namespace: 'clusters', name: 'my-cluster' };
  for (const [, imageTagMirrorSet, path] of refused) {
    const object = { metadata: place, spec: { ...spec, imageTagMirrorSet } };
    await expect(client.create(hostedClusters.resource, object as never)).rejects.toThrow(path);
  }
  expect(await find(client, hostedClusters, place)).toBeUndefined();
  await putHostedCluster(client, { imageTagMirrorSet: many(255) });
  const before = await clusterOf({ client, ...fleet });
  for (const [, imageTagMirrorSet, path] of refused) {
    const patch = { spec: { imageTagMirrorSet } };
    await expect(client.patch(hostedClusters.resource, place, 'merge', patch)).rejects.toThrow(path);
  }
  expect((await clusterOf({ client, ...fleet }))?.spec).toEqual(before?.spec);
});

test('scenario 12: names that no ConfigMap can have, and the field of an early draft, are refused', async () => {
  const fleet = await startFleet();
  for (const name of ['Bad_Name', '', 'a'.repeat(254)])
    await expect(putHostedCluster(fleet.client, { imageMirrorConfigRef: { name } })).rejects.toThrow(
      /imageMirrorConfigRef/,
    );
  await expect(putHostedCluster(fleet.client, { imageMirrorConfig: { name: 'x' } })).rejects.toThrow(
    /use imageMirrorConfigRef/,
  );
  expect(await find(fleet.client, hostedClusters, { namespace: 'clusters', name: 'my-cluster' })).toBeUndefined();
});

const tags = itms('t', good);
const bad: readonly [fault: string, text: string, reason: string, message: RegExp][] = [
  ['another kind', tags, 'UnsupportedKind', /key idms\.yaml document 1: kind: kind ImageTagMirrorSet/],
  [
    'an ICSP',
    tags
      .replace('config.openshift.io/v1', 'operator.openshift.io/v1alpha1')
      .replace('ImageTagMirrorSet', 'ImageContentSourcePolicy'),
    'UnsupportedKind',
    /document 1.*convert/,
  ],
  ['no kind', tags.replace(/^kind:.*\n/m, ''), 'InvalidManifest', /key idms\.yaml document 1.*kind/],
  [
    'an unknown field',
    idms('d', good).replace('mirrors:', 'mirrorSourcePolciy: x\n    mirrors:'),
    'InvalidManifest',
    /document 1 rule 1 \(source "quay\.io"\).*mirrorSourcePolciy/,
  ],
  [
    'another group',
    idms('d', good).replace('config.openshift.io/v1', 'operator.openshift.io/v1alpha1'),
    'InvalidManifest',
    /key idms\.yaml document 1: apiVersion/,
  ],
  [
    'broken YAML in the second document',
    `${idms('d', good)}---\na: [\n`,
    'InvalidManifest',
    /key idms\.yaml document 2.*never closed/,
  ],
];

test('scenario 13: every fault of a ConfigMap is named with key and document, and the last good mirrors stay', async () => {
  const fleet = await startFleet();
  await putConfigMap(fleet.client, unifiedName, unified);
  await putHostedCluster(fleet.client, reference);
  await fleet.settle();
  const held = await controlPlaneConfigMap(fleet, coreMirrors);
  for (const [, text, reason, message] of bad) {
    await putConfigMap(fleet.client, unifiedName, { 'idms.yaml': text });
    await fleet.settle();
    const condition = conditionOf(await clusterOf(fleet), 'ValidImageMirrorConfig');
    expect(condition).toMatchObject({ status: 'False', reason });
    expect(condition?.['message']).toMatch(message);
    expect(condition?.['message']).toMatch(/keeping revision \d+ \(hash [0-9a-f]{8}\)$/);
  }
  expect(await controlPlaneConfigMap(fleet, coreMirrors)).toEqual(held);
});

test('scenario 14: a ConfigMap with the key of a NodePool is told from one with mirrors', async () => {
  const fleet = await startFleet();
  await putConfigMap(fleet.client, unifiedName, { config: unified['itms.yaml'] });
  await putHostedCluster(fleet.client, reference);
  await fleet.settle();
  const condition = conditionOf(await clusterOf(fleet), 'ValidImageMirrorConfig');
  expect(condition).toMatchObject({ reason: 'ConfigMapKeyMissing' });
  expect(condition?.['message']).toContain('belongs to ConfigMaps of NodePool.spec.config');
});

test('scenario 15: rules of several documents are taken in their order', async () => {
  const fleet = await startFleet();
  const second = { source: 'docker.io/library', mirrors: ['mirror.example.com/library'] };
  await putConfigMap(fleet.client, unifiedName, { 'itms.yaml': `${itms('one', good)}---\n${itms('two', second)}` });
  await putHostedCluster(fleet.client, reference);
  await fleet.settle();
  const core = await controlPlaneConfigMap(fleet, coreMirrors);
  const text = JSON.stringify(core?.['data']);
  expect(text.indexOf('quay.io')).toBeGreaterThan(0);
  expect(text.indexOf('quay.io')).toBeLessThan(text.indexOf('docker.io/library'));
});
