import { valueAt } from '@pullpath/api';
import { expect, test } from 'vitest';
import { hostedClusters } from '../../src/hypershift/resources.ts';
import { tagMirrorSets } from '../../src/resources.ts';
import { find } from '../support/control-plane.ts';
import { putConfigMap, putHostedCluster, putNodePool } from '../support/fixtures.ts';
import {
  clusterOf,
  conditionOf,
  controlPlaneConfigMap,
  coreMirrors,
  eventsOf,
  type Fleet,
  fleetReady,
  registriesConf,
  startFleet,
} from '../support/fleet.ts';
import { reference, unified, unifiedName } from '../support/unified.ts';

async function startAt(version: string, spec: object): Promise<Fleet> {
  const fleet = await startFleet();
  await putConfigMap(fleet.client, unifiedName, unified);
  await putHostedCluster(fleet.client, spec, { version });
  await putNodePool(fleet.client, 'a', {}, { version });
  await fleetReady(fleet, 3);
  fleet.rolls('a');
  return fleet;
}

const condition = async (fleet: Fleet) => conditionOf(await clusterOf(fleet), 'ValidImageMirrorConfig');

test('scenario 27: below 4.21 tag mirrors are held back, in field and ConfigMap, and digests are live', async () => {
  const fleet = await startAt('4.20.5', reference);
  expect(await condition(fleet)).toMatchObject({ status: 'False', reason: 'UnsupportedVersion' });
  expect((await condition(fleet))?.['message']).toMatch(/4\.21\.0.*4\.20\.5/);
  const conf = await registriesConf(fleet, 'a');
  expect(conf).toContain('mirror.example.com/quay');
  expect(conf).not.toContain('mirror.example.com/rhel9');
  expect(await find(fleet.guest(), tagMirrorSets, { name: 'cluster' })).toBeUndefined();
  const imageTagMirrorSet = [{ source: 'ghcr.io', mirrors: ['mirror.example.com/ghcr'] }];
  await putHostedCluster(fleet.client, { imageTagMirrorSet }, { version: '4.20.5' });
  await fleet.settle();
  expect(await condition(fleet)).toMatchObject({ status: 'False', reason: 'UnsupportedVersion' });
  expect(valueAt(await controlPlaneConfigMap(fleet, coreMirrors), ['data', 'config'])).toBeUndefined();
});

test('scenario 28: after the upgrade the tag mirrors come, with the version in one rollout', async () => {
  const fleet = await startAt('4.20.5', reference);
  const resume = fleet.holdNodes();
  await putHostedCluster(fleet.client, reference, { version: '4.21.0' });
  await putNodePool(fleet.client, 'a', {}, { version: '4.21.0' });
  resume();
  await fleet.settle();
  expect(await condition(fleet)).toMatchObject({ status: 'True' });
  expect(await find(fleet.guest(), tagMirrorSets, { name: 'cluster' })).toBeDefined();
  expect(await eventsOf(fleet, 'HostedCluster', 'my-cluster')).toContain('TagMirrorsActivated');
  expect(await registriesConf(fleet, 'a')).toContain('mirror.example.com/rhel9');
  expect(valueAt(await clusterOf(fleet), ['status', 'version', 'history'])).toMatchObject([
    { version: '4.21.0', state: 'Completed' },
    { version: '4.20.5', state: 'Completed' },
  ]);
});

test('scenario 29: pre-releases count as their release, and a release by digest withholds nothing that is live', async () => {
  for (const version of ['4.21.0-ec.2', '4.21.0-0.nightly-2026-01-01-000000']) {
    const fleet = await startAt(version, reference);
    expect(await condition(fleet)).toMatchObject({ status: 'True' });
  }
  const fleet = await startAt('4.21.0', reference);
  const image = `quay.io/openshift-release-dev/ocp-release@sha256:${'b'.repeat(64)}`;
  const place = { namespace: 'clusters', name: 'my-cluster' };
  await fleet.client.patch(hostedClusters.resource, place, 'merge', { spec: { release: { image } } });
  await fleet.settle();
  expect(await condition(fleet)).toMatchObject({ status: 'Unknown', reason: 'ReleaseVersionUnknown' });
  expect(fleet.rolls('a')).toBe(0);
  expect(await registriesConf(fleet, 'a')).toContain('mirror.example.com/rhel9');
  expect(await find(fleet.guest(), tagMirrorSets, { name: 'cluster' })).toBeDefined();
});
