import { valueAt } from '@pullpath/api';
import { expect, test } from 'vitest';
import { hostedControlPlanes } from '../../src/hypershift/resources.ts';
import { digestMirrorSets, tagMirrorSets } from '../../src/resources.ts';
import { find } from '../support/control-plane.ts';
import { putHostedCluster } from '../support/fixtures.ts';
import { controlPlaneConfigMap, coreMirrors, registriesConf, rulesOf, startScenario } from '../support/fleet.ts';

const sources = [
  { source: 'quay.io', mirrors: ['mirror.example.com/quay'] },
  { source: 'registry.redhat.io', mirrors: ['mirror.example.com/redhat', 'backup.example.com/redhat'] },
];

test('scenario 1: imageContentSources reach control plane, core ConfigMap, guest and nodes in one rollout', async () => {
  const fleet = await startScenario();
  await putHostedCluster(fleet.client, { imageContentSources: sources });
  await fleet.settle();
  const plane = await find(fleet.client, hostedControlPlanes, { namespace: 'clusters-my-cluster', name: 'my-cluster' });
  expect(valueAt(plane, ['spec', 'imageContentSources'])).toEqual(sources);
  const core = await controlPlaneConfigMap(fleet, coreMirrors);
  expect(core?.metadata.labels).toMatchObject({ 'hypershift.openshift.io/core-ignition-config': 'true' });
  expect(valueAt(core, ['data', 'config'])).toMatch(/kind: ImageDigestMirrorSet[\s\S]*name: cluster/);
  const mirrors = await find(fleet.guest(), digestMirrorSets, { name: 'cluster' });
  expect(rulesOf(mirrors)).toEqual(sources);
  expect(mirrors?.metadata.labels).toEqual({
    'machineconfiguration.openshift.io/role': 'worker',
    'hypershift.openshift.io/managed': 'true',
  });
  expect([fleet.rolls('a'), fleet.rolls('b')]).toEqual([1, 1]);
  for (const pool of ['a', 'b']) {
    const conf = await registriesConf(fleet, pool);
    expect(conf.match(/digest-only/g)).toHaveLength(3);
    expect(conf).toContain('mirror.example.com/quay');
  }
  expect(fleet.plane.faults).toEqual([]);
});
