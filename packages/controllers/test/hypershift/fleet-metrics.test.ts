import { systemClock } from '@pullpath/kube-client';
import { expect, test } from 'vitest';
import { hostedCluster } from '../../src/hypershift/hosted-cluster/index.ts';
import { watchFleet } from '../../src/index.ts';
import { configMaps } from '../../src/resources.ts';
import { eventually, startControlPlane } from '../support/control-plane.ts';
import { putHostedCluster, putNamespace } from '../support/fixtures.ts';

const idms = (mirror: string) => `apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata: {name: a}
spec: {imageDigestMirrors: [{source: quay.io, mirrors: [${mirror}]}]}
`;

test('metrics tell which clusters have accepted which mirrors, and how long a change took', async () => {
  const plane = await startControlPlane({ definitions: [hostedCluster] });
  const fleet = watchFleet(plane.management, systemClock);
  const client = plane.client();
  await putNamespace(client, 'clusters');
  const place = { namespace: 'clusters', name: 'mirrors' };
  await client.apply(configMaps.resource, { metadata: place, data: { 'idms.yaml': idms('m1.example.com') } });
  await putHostedCluster(client, { imageMirrorConfigRef: { name: 'mirrors' } });
  const before = await eventually(async () => fleet().clusters.find(({ hash }) => hash !== ''));
  expect(before).toEqual({ namespace: 'clusters', name: 'my-cluster', valid: true, hash: before.hash });
  await client.patch(configMaps.resource, place, 'merge', { data: { 'idms.yaml': idms('m2.example.com') } });
  await eventually(async () => fleet().clusters.some(({ hash }) => hash !== before.hash));
  const { fanout } = await eventually(async () => (fleet().fanout.count > 0 ? fleet() : undefined));
  expect(fanout.count).toBe(1);
  expect(fanout.buckets.at(-1)).toEqual([300, 1]);
  await client.patch(configMaps.resource, place, 'merge', { data: { 'idms.yaml': 'kind: Nonsense' } });
  await eventually(async () => fleet().clusters.every(({ valid }) => !valid));
  expect(fleet().fanout.count).toBe(1);
});
