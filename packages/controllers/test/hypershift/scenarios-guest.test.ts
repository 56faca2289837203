import { valueAt } from '@pullpath/api';
import { expect, test } from 'vitest';
import { hostedClusters, hostedControlPlanes } from '../../src/hypershift/resources.ts';
import { configMaps, contentSourcePolicies, digestMirrorSets, namespaces, tagMirrorSets } from '../../src/resources.ts';
import { eventually, find } from '../support/control-plane.ts';
import { itms, put, putConfigMap, putHostedCluster, putNamespace, putNodePool } from '../support/fixtures.ts';
import {
  clusterOf,
  conditionOf,
  controlPlaneConfigMap,
  coreMirrors,
  fleetReady,
  recordOf,
  registriesConf,
  rulesOf,
  startFleet,
  startScenario,
} from '../support/fleet.ts';
import { reference, unified, unifiedName } from '../support/unified.ts';

const imageTagMirrorSet = [{ source: 'quay.io/openshift', mirrors: ['mirror.example.com/openshift'] }];
const refusal = /Please ask your administrator to modify the resource in the HostedCluster object/;

test('scenario 41: users of a hosted cluster cannot change mirrors there, and labels that are ours come back', async () => {
  const fleet = await startScenario({ imageTagMirrorSet });
  const admin = fleet.guest();
  const own = { metadata: { name: 'own' }, spec: { imageDigestMirrors: [] } };
  await expect(admin.create(digestMirrorSets.resource, own as never)).rejects.toThrow(refusal);
  await expect(admin.create(tagMirrorSets.resource, { metadata: { name: 'own' }, spec: {} } as never)).rejects.toThrow(
    refusal,
  );
  await expect(
    admin.create(contentSourcePolicies.resource, { metadata: { name: 'own' }, spec: {} } as never),
  ).rejects.toThrow(refusal);
  const place = { name: 'cluster' };
  const change = { spec: { imageTagMirrors: [] } };
  await expect(admin.patch(tagMirrorSets.resource, place, 'merge', change)).rejects.toThrow(refusal);
  await expect(admin.delete(tagMirrorSets.resource, place)).rejects.toThrow(refusal);
  const labels = { team: 'ours', 'hypershift.openshift.io/managed': null };
  await admin.patch(tagMirrorSets.resource, place, 'merge', { metadata: { labels } });
  const managed = await eventually(async () => {
    const object = await find(admin, tagMirrorSets, place);
    return object?.metadata.labels?.['hypershift.openshift.io/managed'] === 'true' && object;
  });
  expect(managed.metadata.labels).toMatchObject({ team: 'ours' });
  await putHostedCluster(fleet.client);
  await eventually(async () => (await find(admin, tagMirrorSets, place)) === undefined);
  expect(fleet.plane.faults).toEqual([]);
});

test('scenario 42: of two clusters of one name the first keeps the record, until it is deleted', async () => {
  const fleet = await startFleet();
  await putNamespace(fleet.client, 'other');
  await putHostedCluster(fleet.client, { imageTagMirrorSet });
  await fleet.settle();
  const theirs = [{ source: 'quay.io/other', mirrors: ['mirror.example.com/other'] }];
  await putHostedCluster(fleet.client, { imageTagMirrorSet: theirs }, { namespace: 'other' });
  await fleet.settle();
  const condition = async () => conditionOf(await clusterOf(fleet, 'my-cluster', 'other'), 'ValidImageMirrorConfig');
  expect(await condition()).toMatchObject({ status: 'False', reason: 'NameConflict' });
  expect(rulesOf(await recordOf(fleet))).toEqual(imageTagMirrorSet);
  expect(valueAt(await controlPlaneConfigMap(fleet, coreMirrors, 'other-my-cluster'), ['data', 'config'])).toContain(
    'quay.io/other',
  );
  expect(rulesOf(await find(fleet.guest('other-my-cluster'), tagMirrorSets, { name: 'cluster' }))).toEqual(theirs);
  await fleet.client.delete(hostedClusters.resource, { namespace: 'clusters', name: 'my-cluster' });
  await eventually(async () => (await condition())?.['status'] === 'True');
  expect(rulesOf(await recordOf(fleet))).toEqual(theirs);
  expect((await recordOf(fleet))?.metadata.annotations).toEqual({
    'hypershift.openshift.io/cluster': 'other/my-cluster',
  });
});

test('scenario 43: the record is no mirror of the management cluster, and those of its administrator stay', async () => {
  const fleet = await startScenario({ imageTagMirrorSet });
  const own = {
    metadata: { name: 'own' },
    spec: { imageTagMirrors: [{ source: 'ghcr.io', mirrors: ['m.example.com'] }] },
  };
  await put(fleet.client, tagMirrorSets, own);
  await fleet.settle();
  const place = { namespace: 'clusters-my-cluster', name: 'my-cluster' };
  const plane = await find(fleet.client, hostedControlPlanes, place);
  expect(plane?.metadata.annotations?.['pullpath.dev/openshift-img-overrides']).toBe('ghcr.io=m.example.com');
  expect(rulesOf(await find(fleet.client, tagMirrorSets, { name: 'own' }))).toEqual(own.spec.imageTagMirrors);
});

test('scenario 44: a deleted cluster leaves the ConfigMap of its user and nothing else, also over restarts', async () => {
  const fleet = await startScenario();
  await putConfigMap(fleet.client, unifiedName, unified);
  await putHostedCluster(fleet.client, { ...reference, imageTagMirrorSet });
  await fleet.settle();
  await fleet.client.delete(hostedClusters.resource, { namespace: 'clusters', name: 'my-cluster' });
  for (let restart = 0; restart < 3; restart++) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await fleet.plane.restart();
  }
  await eventually(async () => (await clusterOf(fleet)) === undefined, 20_000);
  expect(await recordOf(fleet)).toBeUndefined();
  expect(await find(fleet.client, namespaces, { name: 'clusters-my-cluster' })).toBeUndefined();
  const user = await find(fleet.client, configMaps, { namespace: 'clusters', name: unifiedName });
  expect(valueAt(user, ['data'])).toEqual(unified);
  expect(user?.metadata.annotations).toBeUndefined();
  expect(fleet.machines.removed.toSorted()).toEqual(fleet.machines.created.map(({ name }) => name).toSorted());
});

test('scenario 44: a record whose cluster went while no operator ran is swept up', async () => {
  const fleet = await startFleet();
  await fleet.plane.stop();
  await put(fleet.client, tagMirrorSets, {
    metadata: {
      name: 'gone-image-tag-mirrors',
      labels: { 'hypershift.openshift.io/managed': 'true', 'hypershift.openshift.io/mirror-scope': 'hosted' },
      annotations: { 'hypershift.openshift.io/cluster': 'clusters/gone' },
    },
    spec: { imageTagMirrors: [] },
  });
  await fleet.plane.restart();
  await eventually(async () => (await recordOf(fleet, 'gone')) === undefined);
});

test('scenario 45: an object of that name that is not ours is neither taken over nor deleted', async () => {
  const fleet = await startFleet();
  const spec = { imageTagMirrors: [{ source: 'ghcr.io', mirrors: ['m.example.com'] }] };
  await put(fleet.client, tagMirrorSets, { metadata: { name: 'my-cluster-image-tag-mirrors' }, spec });
  await putHostedCluster(fleet.client, { imageTagMirrorSet });
  await fleet.settle();
  expect(conditionOf(await clusterOf(fleet), 'ValidImageMirrorConfig')).toMatchObject({ reason: 'NameConflict' });
  await fleet.client.delete(hostedClusters.resource, { namespace: 'clusters', name: 'my-cluster' });
  await eventually(async () => (await clusterOf(fleet)) === undefined);
  expect((await recordOf(fleet))?.spec).toEqual(spec);
});

test('scenario 47: nothing that is written depends on whether a mirror answers', async () => {
  const fleet = await startScenario({
    imageTagMirrorSet: [{ source: 'quay.io', mirrors: ['unreachable.invalid/quay'] }],
  });
  fleet.plane.writes();
  await fleet.plane.restart();
  await fleet.settle();
  expect(fleet.plane.writes()).toEqual([]);
  expect(await registriesConf(fleet, 'a')).toContain('unreachable.invalid/quay');
});

test('a hosted cluster that cannot be reached is told of, and the rest goes on', async () => {
  const fleet = await startFleet({}, false);
  await putHostedCluster(fleet.client, { imageTagMirrorSet });
  await putNodePool(fleet.client, 'a');
  await eventually(async () => conditionOf(await clusterOf(fleet), 'Available') !== undefined);
  const available = conditionOf(await clusterOf(fleet), 'Available');
  expect(available).toMatchObject({ status: 'False', reason: 'WaitingForAvailable' });
  expect(available?.['message']).toContain('no Secret admin-kubeconfig in namespace clusters-my-cluster');
  expect(conditionOf(await clusterOf(fleet), 'ValidImageMirrorConfig')).toMatchObject({ status: 'True' });
  expect(await controlPlaneConfigMap(fleet, coreMirrors)).toBeDefined();
  expect(fleet.machines.created).toEqual([]);
});

test('nothing inside the hosted cluster of a paused one changes until it goes on', async () => {
  const fleet = await startScenario();
  const tags = (source: string) => ({ config: itms('pool-tags', { source, mirrors: ['mirror.example.com/x'] }) });
  await putConfigMap(fleet.client, 'tags', tags('quay.io'));
  await putNodePool(fleet.client, 'a', { config: [{ name: 'tags' }] });
  await fleet.settle();
  await putHostedCluster(fleet.client, { pausedUntil: 'true' });
  await fleet.settle();
  fleet.plane.writes();
  await putConfigMap(fleet.client, 'tags', tags('ghcr.io'));
  await fleet.settle();
  expect(fleet.plane.writes()).toEqual([]);
  await putHostedCluster(fleet.client);
  await fleet.settle();
  const copy = await find(fleet.guest(), tagMirrorSets, { name: 'pool-tags' });
  expect(rulesOf(copy)).toEqual([{ source: 'ghcr.io', mirrors: ['mirror.example.com/x'] }]);
});

test('the kubeconfig for users has the single key kubeconfig', async () => {
  const fleet = await startFleet();
  await putHostedCluster(fleet.client);
  await putNodePool(fleet.client, 'a', { replicas: 1 });
  await fleetReady(fleet, 1);
  const secrets = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };
  const secret = await fleet.client.get(secrets, { namespace: 'clusters', name: 'my-cluster-admin-kubeconfig' });
  expect(Object.keys(valueAt(secret, ['data']) as object)).toEqual(['kubeconfig']);
});
