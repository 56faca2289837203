import { valueAt } from '@pullpath/api';
import { expect, test } from 'vitest';
import { hostedClusters, hostedControlPlanes } from '../../src/hypershift/resources.ts';
import { contentSourcePolicies, digestMirrorSets } from '../../src/resources.ts';
import { find } from '../support/control-plane.ts';
import { idms, put, putConfigMap, putHostedCluster } from '../support/fixtures.ts';
import { clusterOf, controlPlaneConfigMap, type Fleet, startScenario } from '../support/fleet.ts';
import { reference, unified, unifiedName } from '../support/unified.ts';

async function startUnified(): Promise<Fleet> {
  const fleet = await startScenario();
  await putConfigMap(fleet.client, unifiedName, unified);
  await putHostedCluster(fleet.client, reference);
  await fleet.settle();
  fleet.rolls('a');
  fleet.rolls('b');
  fleet.plane.writes();
  return fleet;
}

test('scenario 23: comments, order of keys, indentation, labels and annotations of the ConfigMap change nothing', async () => {
  const fleet = await startUnified();
  const reordered = JSON.stringify({
    spec: {
      imageDigestMirrors: [
        { mirrors: ['mirror.example.com/redhat'], source: 'registry.redhat.io' },
        { mirrors: ['mirror.example.com/quay'], source: 'quay.io' },
      ],
    },
    metadata: { name: 'another-name' },
    kind: 'ImageDigestMirrorSet',
    apiVersion: 'config.openshift.io/v1',
  });
  for (const text of [`# a comment\n${unified['idms.yaml']}`, reordered]) {
    await putConfigMap(
      fleet.client,
      unifiedName,
      { ...unified, 'idms.yaml': text },
      { annotations: { team: text.slice(0, 5) } },
    );
    await fleet.settle();
    expect(fleet.plane.writes()).toEqual([]);
  }
  expect(fleet.rolls('a')).toBe(0);
});

test('scenario 24: another ConfigMap with the same rules refreshes where they come from, and rolls nothing', async () => {
  const fleet = await startUnified();
  await putConfigMap(fleet.client, 'generated-7f9c', unified);
  await putHostedCluster(fleet.client, { imageMirrorConfigRef: { name: 'generated-7f9c' } });
  await fleet.settle();
  const copy = await controlPlaneConfigMap(fleet, 'image-mirror-config');
  expect(copy?.metadata.annotations?.['hypershift.openshift.io/image-mirror-source']).toBe('clusters/generated-7f9c');
  expect([fleet.rolls('a'), fleet.rolls('b')]).toEqual([0, 0]);
});

test('scenario 25: a settled cluster is reconciled 100 times and restarted 3 times without a write', async () => {
  const fleet = await startUnified();
  for (let round = 0; round < 100; round++)
    await fleet.client.patch(hostedClusters.resource, { namespace: 'clusters', name: 'my-cluster' }, 'merge', {
      metadata: { annotations: { round: String(round) } },
    });
  await fleet.settle();
  expect(fleet.plane.writes()).toEqual([]);
  for (let restart = 0; restart < 3; restart++) {
    await fleet.plane.restart();
    await fleet.settle();
  }
  expect(fleet.plane.writes()).toEqual([]);
  expect(fleet.rolls('a')).toBe(0);
});

async function overridesOf(fleet: Fleet): Promise<unknown> {
  const place = { namespace: 'clusters-my-cluster', name: 'my-cluster' };
  const plane = await find(fleet.client, hostedControlPlanes, place);
  return plane?.metadata.annotations?.['pullpath.dev/openshift-img-overrides'];
}

test('scenario 26: the mirrors of the management cluster give one text whatever the order of objects', async () => {
  const fleet = await startScenario();
  expect(await overridesOf(fleet)).toBe('=');
  const icsp = (name: string, mirror: string) => ({
    metadata: { name },
    spec: { repositoryDigestMirrors: [{ source: 'quay.io', mirrors: [mirror] }] },
  });
  const digests = (name: string, mirror: string) => ({
    metadata: { name },
    spec: { imageDigestMirrors: [{ source: 'quay.io', mirrors: [mirror] }] },
  });
  await put(fleet.client, digestMirrorSets, digests('one', 'm1.example.com'));
  await put(fleet.client, digestMirrorSets, digests('two', 'm2.example.com'));
  await put(fleet.client, contentSourcePolicies, icsp('three', 'm3.example.com'));
  await fleet.settle();
  const text = await overridesOf(fleet);
  expect(text).toBe('quay.io=m1.example.com,quay.io=m2.example.com,quay.io=m3.example.com');
  for (const [watched, name] of [
    [digestMirrorSets, 'one'],
    [digestMirrorSets, 'two'],
    [contentSourcePolicies, 'three'],
  ] as const)
    await fleet.client.delete(watched.resource, { name });
  await put(fleet.client, contentSourcePolicies, icsp('aaa', 'm1.example.com'));
  await put(fleet.client, digestMirrorSets, digests('zzz', 'm3.example.com'));
  await put(fleet.client, digestMirrorSets, digests('bbb', 'm2.example.com'));
  await fleet.settle();
  expect(await overridesOf(fleet)).toBe(text);
  fleet.plane.writes();
  await fleet.plane.restart();
  await fleet.settle();
  expect(fleet.plane.writes()).toEqual([]);
  const annotations = { 'hypershift.openshift.io/ignore-management-mirrors': 'true' };
  const place = { namespace: 'clusters', name: 'my-cluster' };
  await fleet.client.patch(hostedClusters.resource, place, 'merge', { metadata: { annotations } });
  await fleet.settle();
  expect(await overridesOf(fleet)).toBe('=');
});

test('a cluster whose mirrors are only in fields says so, without a status of a ConfigMap', async () => {
  const fleet = await startScenario({ imageContentSources: [{ source: 'quay.io', mirrors: ['m.example.com'] }] });
  const cluster = await clusterOf(fleet);
  expect(valueAt(cluster, ['status', 'imageMirrorConfig'])).toBeUndefined();
  const text = idms('d', { source: 'ghcr.io', mirrors: ['m.example.com'] });
  await putConfigMap(fleet.client, unifiedName, { 'idms.yaml': text });
  await putHostedCluster(fleet.client, reference);
  await fleet.settle();
  expect(valueAt(await clusterOf(fleet), ['status', 'imageMirrorConfig'])).toMatchObject({
    configMapName: unifiedName,
    observedResourceVersion: expect.stringMatching(/^\d+$/),
    appliedResourceVersion: expect.stringMatching(/^\d+$/),
    hash: expect.stringMatching(/^[0-9a-f]{8}$/),
    digestRules: 1,
    tagRules: 0,
    lastAppliedTime: expect.stringMatching(/Z$/),
    pendingNodePools: 0,
  });
});
