import { valueAt } from '@pullpath/api';
import { expect, test } from 'vitest';
import { hostedControlPlanes } from '../../src/hypershift/resources.ts';
import { digestMirrorSets, tagMirrorSets } from '../../src/resources.ts';
import { eventually, find } from '../support/control-plane.ts';
import { idms, putConfigMap, putHostedCluster, putNodePool } from '../support/fixtures.ts';
import {
  clusterOf,
  conditionOf,
  controlPlaneConfigMap,
  coreMirrors,
  eventsOf,
  type Fleet,
  pullsOf,
  recordOf,
  registriesConf,
  rulesOf,
  startFleet,
  startScenario,
} from '../support/fleet.ts';
import { reference, unified, unifiedName } from '../support/unified.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const sources = [
  { source: 'quay.io', mirrors: ['mirror.example.com/quay'] },
  { source: 'registry.redhat.io', mirrors: ['mirror.example.com/redhat', 'backup.example.com/redhat'] },
];
async function guestMirrors(fleet: Fleet) {
  const [digests, tags] = await Promise.all(
    [digestMirrorSets, tagMirrorSets].map((watched) => find(fleet.guest(), watched, { name: 'cluster' })),
  );
  return { digests: rulesOf(digests), tags: rulesOf(tags), digestObject: digests };
}

test('scenario 1: imageContentSources reach control plane, core ConfigMap, guest and nodes in one rollout', async () => {
  const fleet = await startScenario();
  await putHostedCluster(fleet.client, { imageContentSources: sources });
  await fleet.settle();
  const plane = await find(fleet.client, hostedControlPlanes, { namespace: 'clusters-my-cluster', name: 'my-cluster' });
  expect(valueAt(plane, ['spec', 'imageContentSources'])).toEqual(sources);
  const core = await controlPlaneConfigMap(fleet, coreMirrors);
  expect(core?.metadata.labels).toMatchObject({ 'hypershift.openshift.io/core-ignition-config': 'true' });
  expect(valueAt(core, ['data', 'config'])).toMatch(/kind: ImageDigestMirrorSet[\s\S]*name: cluster/);
  const { digests, digestObject } = await guestMirrors(fleet);
  expect(digests).toEqual(sources);
  expect(digestObject?.metadata.labels).toEqual({
    'machineconfiguration.openshift.io/role': 'worker',
    'hypershift.openshift.io/managed': 'true',
  });
  expect([fleet.rolls('a'), fleet.rolls('b')]).toEqual([1, 1]);
  for (const pool of ['a', 'b']) {
    const conf = await registriesConf(fleet, pool);
    expect(conf.match(/pull-from-mirror = "digest-only"/g)).toHaveLength(3);
    expect(conf).not.toContain('tag-only');
  }
  expect(fleet.plane.faults).toEqual([]);
});

test('scenario 2: imageContentSources that are removed vanish everywhere', async () => {
  const fleet = await startScenario({ imageContentSources: sources });
  await putHostedCluster(fleet.client);
  await fleet.settle();
  const plane = await find(fleet.client, hostedControlPlanes, { namespace: 'clusters-my-cluster', name: 'my-cluster' });
  expect(plane?.spec).not.toHaveProperty('imageContentSources');
  expect(await controlPlaneConfigMap(fleet, coreMirrors)).toBeUndefined();
  expect((await guestMirrors(fleet)).digests).toEqual([]);
  expect([fleet.rolls('a'), fleet.rolls('b')]).toEqual([1, 1]);
  expect(await registriesConf(fleet, 'a')).not.toContain('mirror.example.com');
});

test('scenario 3: the unified ConfigMap reaches nodes with both kinds in one rollout', async () => {
  const fleet = await startScenario();
  await putConfigMap(fleet.client, unifiedName, unified);
  await putHostedCluster(fleet.client, reference);
  await fleet.settle();
  const copy = await controlPlaneConfigMap(fleet, 'image-mirror-config');
  expect(Object.keys(valueAt(copy, ['data']) as object)).toEqual(['idms.yaml', 'itms.yaml']);
  expect(copy?.metadata.annotations).toMatchObject({
    'hypershift.openshift.io/image-mirror-source': 'clusters/global-image-mirrors',
    'hypershift.openshift.io/image-mirror-hash': expect.stringMatching(/^[0-9a-f]{8}$/),
  });
  const core = String(valueAt(await controlPlaneConfigMap(fleet, coreMirrors), ['data', 'config']));
  expect(core.indexOf('ImageDigestMirrorSet')).toBeLessThan(core.indexOf('ImageTagMirrorSet'));
  const { digests, tags } = await guestMirrors(fleet);
  expect([digests, tags].map((rules) => (rules as unknown[]).length)).toEqual([2, 2]);
  expect([fleet.rolls('a'), fleet.rolls('b')]).toEqual([1, 1]);
  const conf = await registriesConf(fleet, 'a');
  expect(pullsOf(conf, `registry.redhat.io/ubi9@${digest}`)[0]).toContain('mirror.example.com/redhat/ubi9');
  expect(pullsOf(conf, 'registry.redhat.io/ubi9:1')).toEqual(['registry.redhat.io/ubi9:1']);
  expect(pullsOf(conf, `quay.io/x@${digest}`)[0]).toContain('mirror.example.com/quay/x');
  expect(pullsOf(conf, 'quay.io/openshift-release-dev/x:1')).toEqual([
    'mirror.example.com/openshift-release-dev/x:1',
    'quay.io/openshift-release-dev/x:1',
  ]);
  expect(pullsOf(conf, 'registry.redhat.io/rhel9/x:1')).toEqual(['mirror.example.com/rhel9/x:1', 'blocked']);
});

test('scenario 4: a ConfigMap that comes after its HostedCluster is taken without anyone doing a thing', async () => {
  const fleet = await startFleet();
  await putHostedCluster(fleet.client, reference);
  await fleet.settle();
  const condition = async () => conditionOf(await clusterOf(fleet), 'ValidImageMirrorConfig');
  expect(await condition()).toMatchObject({ status: 'False', reason: 'ConfigMapNotFound' });
  await putConfigMap(fleet.client, unifiedName, unified);
  await eventually(async () => (await condition())?.['status'] === 'True', 5_000);
});

test('scenario 5: a ConfigMap without tag mirrors makes no ImageTagMirrorSet until it has some', async () => {
  const fleet = await startScenario();
  await putConfigMap(fleet.client, unifiedName, { 'idms.yaml': unified['idms.yaml'] });
  await putHostedCluster(fleet.client, reference);
  await fleet.settle();
  expect((await guestMirrors(fleet)).tags).toBeUndefined();
  expect(valueAt(await controlPlaneConfigMap(fleet, coreMirrors), ['data', 'config'])).not.toContain(
    'ImageTagMirrorSet',
  );
  fleet.rolls('a');
  await putConfigMap(fleet.client, unifiedName, unified);
  await fleet.settle();
  expect((await guestMirrors(fleet)).tags).toHaveLength(2);
  expect(fleet.rolls('a')).toBe(1);
});

test('scenario 6: rules of the field and of the ConfigMap for one source are one registry, the field first', async () => {
  const fleet = await startScenario();
  const rule = { source: 'quay.io', mirrors: ['m2.example.com/quay'] };
  await putConfigMap(fleet.client, unifiedName, { 'idms.yaml': idms('more', rule) });
  const imageContentSources = [{ source: 'quay.io', mirrors: ['m1.example.com/quay'] }];
  await putHostedCluster(fleet.client, { ...reference, imageContentSources });
  await fleet.settle();
  const conf = await registriesConf(fleet, 'a');
  expect(conf.match(/\[\[registry\]\]/g)).toHaveLength(1);
  expect(pullsOf(conf, `quay.io/x@${digest}`).slice(0, 2)).toEqual([
    `m1.example.com/quay/x@${digest}`,
    `m2.example.com/quay/x@${digest}`,
  ]);
  expect((await guestMirrors(fleet)).digests).toEqual([...imageContentSources, rule]);
  expect(await eventsOf(fleet, 'HostedCluster', 'my-cluster')).toContain('DuplicateSourceAcrossOrigins');
});

const tagMirrors = [
  { source: 'quay.io/openshift', mirrors: ['mirror.example.com/openshift'] },
  {
    source: 'registry.redhat.io',
    mirrors: ['mirror.example.com/redhat', 'backup.mirror.com/redhat'],
    mirrorSourcePolicy: 'AllowContactingSource',
  },
];

test('scenario 7: imageTagMirrorSet is recorded on the management cluster and reaches guest and nodes', async () => {
  const fleet = await startScenario({ imageTagMirrorSet: tagMirrors });
  const record = await recordOf(fleet);
  expect(rulesOf(record)).toEqual(tagMirrors);
  expect(record?.metadata.annotations).toEqual({ 'hypershift.openshift.io/cluster': 'clusters/my-cluster' });
  expect(record?.metadata.labels).toEqual({
    'hypershift.openshift.io/managed': 'true',
    'hypershift.openshift.io/mirror-scope': 'hosted',
  });
  expect((await guestMirrors(fleet)).tags).toEqual(tagMirrors);
  expect(pullsOf(await registriesConf(fleet, 'a'), 'registry.redhat.io/x:1')).toEqual([
    'mirror.example.com/redhat/x:1',
    'backup.mirror.com/redhat/x:1',
    'registry.redhat.io/x:1',
  ]);
});

test('scenario 8: a third source that must not be contacted is added in one rollout', async () => {
  const fleet = await startScenario({ imageTagMirrorSet: tagMirrors });
  const library = {
    source: 'docker.io/library',
    mirrors: ['internal.registry.com/docker-library'],
    mirrorSourcePolicy: 'NeverContactSource',
  };
  await putHostedCluster(fleet.client, { imageTagMirrorSet: [...tagMirrors, library] });
  await fleet.settle();
  expect(rulesOf(await recordOf(fleet))).toEqual([...tagMirrors, library]);
  expect(fleet.rolls('a')).toBe(1);
  expect(pullsOf(await registriesConf(fleet, 'a'), 'docker.io/library/alpine:3')).toEqual([
    'internal.registry.com/docker-library/alpine:3',
    'blocked',
  ]);
});

test('scenario 9: a wildcard is accepted as a source of whole domains, and refused as a mirror', async () => {
  const wildcard = [{ source: '*.redhat.io', mirrors: ['mirror.example.com/redhat'] }];
  const fleet = await startScenario({ imageTagMirrorSet: wildcard });
  const conf = await registriesConf(fleet, 'a');
  expect(conf).toContain('prefix = "*.redhat.io"');
  expect(pullsOf(conf, 'registry.redhat.io/x:1')[0]).toBe('mirror.example.com/redhat/x:1');
  expect(pullsOf(conf, 'redhat.io/x:1')).toEqual(['redhat.io/x:1']);
  const inMirror = [{ source: 'quay.io', mirrors: ['*.example.com'] }];
  await expect(putHostedCluster(fleet.client, { imageTagMirrorSet: inMirror })).rejects.toThrow(
    /spec\.imageTagMirrorSet\[0\]\.mirrors\[0\]/,
  );
});

test('scenario 10: a tag rule that forbids the source also blocks digests, and an event says so', async () => {
  const rule = {
    source: 'registry.redhat.io',
    mirrors: ['mirror.example.com/redhat'],
    mirrorSourcePolicy: 'NeverContactSource',
  };
  const fleet = await startScenario({ imageTagMirrorSet: [rule] });
  expect(await eventsOf(fleet, 'HostedCluster', 'my-cluster')).toContain('MirrorPolicyBlocksOtherKind');
  const conf = await registriesConf(fleet, 'a');
  expect(pullsOf(conf, 'registry.redhat.io/x:1')).toEqual(['mirror.example.com/redhat/x:1', 'blocked']);
  expect(pullsOf(conf, `registry.redhat.io/x@${digest}`)).toEqual(['blocked']);
});

test('a NodePool made before its HostedCluster gets its nodes when that comes', async () => {
  const fleet = await startFleet();
  await putNodePool(fleet.client, 'early', { replicas: 1 });
  await putHostedCluster(fleet.client);
  await eventually(async () => fleet.machines.created.length === 1);
});
