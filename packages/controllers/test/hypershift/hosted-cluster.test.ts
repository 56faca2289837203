import { valueAt } from '@pullpath/api';
import { expect, test } from 'vitest';
import { guest } from '../../src/hypershift/guest/index.ts';
import { hostedCluster } from '../../src/hypershift/hosted-cluster/index.ts';
import { configMaps, digestMirrorSets } from '../../src/resources.ts';
import { eventually, find, settled, startControlPlane } from '../support/control-plane.ts';
import { putHostedCluster, putNamespace } from '../support/fixtures.ts';

test('mirrors of a HostedCluster reach its nodes and its own API, and a restart writes nothing', async () => {
  const plane = await startControlPlane({ definitions: [hostedCluster, guest] });
  const client = plane.client();
  await putNamespace(client, 'clusters');
  const imageContentSources = [{ source: 'quay.io', mirrors: ['mirror.example.com/quay'] }];
  await putHostedCluster(client, { imageContentSources });
  await eventually(async () => plane.guests.get('clusters-my-cluster') !== undefined);
  const guestClient = plane.client('clusters-my-cluster');
  const mirrors = await eventually(async () => find(guestClient, digestMirrorSets, { name: 'cluster' }));
  expect(valueAt(mirrors, ['spec', 'imageDigestMirrors'])).toEqual(imageContentSources);
  const place = { namespace: 'clusters-my-cluster', name: 'ignition-config-40-image-content-source' };
  const core = await eventually(async () => find(client, configMaps, place));
  expect(valueAt(core, ['data', 'config'])).toContain('mirror.example.com/quay');
  await settled(plane);
  plane.writes();
  await plane.restart();
  await settled(plane);
  expect(plane.writes()).toEqual([]);
  expect(plane.faults).toEqual([]);
});
