import { valueAt } from '@pullpath/api';
import { expect, test } from 'vitest';
import {
  configConfigMaps,
  containerRuntimeConfigs,
  globalPullSecret,
  images,
  machineConfigPools,
} from '../../src/openshift/resources.ts';
import { contentSourcePolicies, digestMirrorSets, machineConfigs } from '../../src/resources.ts';
import { eventually, find } from '../support/control-plane.ts';
import { put, putNamespace } from '../support/fixtures.ts';
import {
  conditionOf,
  eventsOn,
  fileAt,
  hasFile,
  nodeNamed,
  poolNamed,
  putDigestMirrors,
  putNode,
  putPool,
  putTagMirrors,
  quiet,
  startPools,
  updated,
} from '../support/pools.ts';

const registriesConf = '/etc/containers/registries.conf';
const quay = { source: 'quay.io', mirrors: ['mirror.example.com/quay'] };

async function namesOfConfigs(client: Parameters<typeof find>[0]): Promise<readonly string[]> {
  const { items } = await client.list(machineConfigs.resource);
  return items.map(({ metadata }) => metadata.name ?? '').sort();
}

test('nodes without mirrors hold the base files', async () => {
  const cluster = await startPools(['a']);
  const pool = await updated(cluster, 'worker');
  expect(fileAt(cluster.agents.filesOf('a'), registriesConf)).toBe(
    "unqualified-search-registries = ['registry.access.redhat.com', 'docker.io']\n",
  );
  const names = await namesOfConfigs(cluster.client);
  expect(names).toEqual(['01-worker-container-runtime', valueAt(pool, ['spec', 'configuration', 'name'])]);
  expect(names[1]).toMatch(/^rendered-worker-[0-9a-f]{32}$/);
  expect(cluster.plane.faults).toEqual([]);
});

test('a mirror set reaches the nodes, and goes from them with its object', async () => {
  const cluster = await startPools(['a', 'b']);
  const { client, agents } = cluster;
  await updated(cluster, 'worker');
  await putDigestMirrors(client, 'quay', quay);
  await updated(cluster, 'worker', hasFile(registriesConf, 'mirror.example.com'));
  for (const node of ['a', 'b'])
    expect(fileAt(agents.filesOf(node), registriesConf)).toContain('mirror.example.com/quay');
  const generated = await find(client, machineConfigs, { name: '99-worker-generated-registries' });
  expect(generated?.metadata.labels).toMatchObject({ 'machineconfiguration.openshift.io/role': 'worker' });
  await client.delete(digestMirrorSets.resource, { name: 'quay' });
  await updated(cluster, 'worker', (config) => !hasFile(registriesConf, 'mirror.example.com')(config));
  expect(await find(client, machineConfigs, { name: '99-worker-generated-registries' })).toBeUndefined();
});

test('a restart of an unchanged cluster writes nothing', async () => {
  const cluster = await startPools(['a', 'b'], ['master', 'worker', 'infra']);
  await putDigestMirrors(cluster.client, 'quay', quay);
  await updated(cluster, 'worker', hasFile(registriesConf, 'mirror.example.com'));
  await quiet(cluster);
  await cluster.plane.restart();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(cluster.plane.writes()).toEqual([]);
  expect(cluster.plane.faults).toEqual([]);
});

test('an ICSP and an IDMS that say the same make the same files', async () => {
  const cluster = await startPools(['a']);
  const { client } = cluster;
  await put(client, contentSourcePolicies, { metadata: { name: 'old' }, spec: { repositoryDigestMirrors: [quay] } });
  const before = await updated(cluster, 'worker', hasFile(registriesConf, 'mirror.example.com'));
  await putDigestMirrors(client, 'new', quay);
  await client.delete(contentSourcePolicies.resource, { name: 'old' });
  await quiet(cluster);
  expect((await poolNamed(client, 'worker'))?.spec).toEqual(before.spec);
});

test('conflicting mirror sets render nothing, say so, and leave nodes as they are', async () => {
  const cluster = await startPools(['a']);
  const { client, plane, agents } = cluster;
  await putDigestMirrors(client, 'quay', quay);
  const before = await updated(cluster, 'worker', hasFile(registriesConf, 'mirror.example.com'));
  await putTagMirrors(client, 'strict', { ...quay, mirrorSourcePolicy: 'NeverContactSource' });
  const degraded = await eventually(async () => {
    const pool = await poolNamed(client, 'worker');
    return valueAt(conditionOf(pool, 'RenderDegraded'), ['status']) === 'True' ? pool : undefined;
  });
  expect(valueAt(conditionOf(degraded, 'RenderDegraded'), ['message'])).toContain('quay.io');
  expect(valueAt(conditionOf(degraded, 'Degraded'), ['status'])).toBe('True');
  expect(degraded.spec).toEqual(before.spec);
  const told = await eventually(async () => {
    const all = [
      ...(await eventsOn(client, 'ImageTagMirrorSet', 'strict')),
      ...(await eventsOn(client, 'ImageDigestMirrorSet', 'quay')),
    ];
    return all.length > 0 ? all : undefined;
  });
  expect(told.join()).toContain('quay.io');
  await quiet(cluster);
  await plane.restart();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(plane.writes()).toEqual([]);
  await putTagMirrors(client, 'strict', { source: 'docker.io', mirrors: ['mirror.example.com/hub'] });
  const after = await updated(cluster, 'worker', hasFile(registriesConf, 'mirror.example.com/hub'));
  expect(valueAt(conditionOf(after, 'RenderDegraded'), ['status'])).toBe('False');
  expect(fileAt(agents.filesOf('a'), registriesConf)).toContain('mirror.example.com/hub');
});

test('rules that were wrong from the first day leave nodes with the base files', async () => {
  const cluster = await startPools([], []);
  await putDigestMirrors(cluster.client, 'one', quay);
  await putDigestMirrors(cluster.client, 'other', { ...quay, mirrorSourcePolicy: 'NeverContactSource' });
  await putPool(cluster.client, 'worker');
  await putNode(cluster.client, 'a');
  await updated(cluster, 'worker', hasFile(registriesConf));
  expect(fileAt(cluster.agents.filesOf('a'), registriesConf)).not.toContain('mirror');
});

test('what only records the mirrors of a hosted cluster configures no node, whatever its kind', async () => {
  const cluster = await startPools(['a']);
  const { client } = cluster;
  const before = await updated(cluster, 'worker');
  const labels = { 'hypershift.openshift.io/mirror-scope': 'hosted' };
  await put(client, digestMirrorSets, { metadata: { name: 'hosted', labels }, spec: { imageDigestMirrors: [quay] } });
  const registrySources = { blockedRegistries: ['docker.io'] };
  await put(client, images, { metadata: { name: 'cluster', labels }, spec: { registrySources } });
  const file = { path: '/etc/hosted', mode: 420, contents: { source: 'data:,x' } };
  const config = { ignition: { version: '3.5.0' }, storage: { files: [file] } };
  const role = { 'machineconfiguration.openshift.io/role': 'worker' };
  await put(client, machineConfigs, {
    metadata: { name: '99-hosted', labels: { ...labels, ...role } },
    spec: { config },
  });
  const limits = { machineConfigPoolSelector: {}, containerRuntimeConfig: { pidsLimit: 2048 } };
  await put(client, containerRuntimeConfigs, { metadata: { name: 'hosted', labels }, spec: limits });
  await quiet(cluster);
  expect((await poolNamed(client, 'worker'))?.spec).toEqual(before.spec);
  expect((await find(client, containerRuntimeConfigs, { name: 'hosted' }))?.status).toBeUndefined();
});

test('nodes of a cluster without any pool get one', async () => {
  const cluster = await startPools([], []);
  await putNode(cluster.client, 'a');
  await putDigestMirrors(cluster.client, 'quay', quay);
  const pool = await updated(cluster, 'worker', hasFile(registriesConf, 'mirror.example.com'));
  expect(valueAt(pool, ['status', 'machineCount'])).toBe(1);
});

test('a custom pool inherits what workers have', async () => {
  const cluster = await startPools(['a'], ['worker', 'infra']);
  await putNode(cluster.client, 'i', { 'node-role.kubernetes.io/worker': '', 'node-role.kubernetes.io/infra': '' });
  await putDigestMirrors(cluster.client, 'quay', quay);
  const infra = await updated(cluster, 'infra', hasFile(registriesConf, 'mirror.example.com'));
  expect(valueAt(infra, ['status', 'machineCount'])).toBe(1);
  await eventually(async () => fileAt(cluster.agents.filesOf('i'), registriesConf)?.includes('mirror.example.com'));
});

test('a ContainerRuntimeConfig becomes a MachineConfig of the pools that it selects, and goes with its object', async () => {
  const cluster = await startPools(['a']);
  const { client } = cluster;
  await client.patch(machineConfigPools.resource, { name: 'worker' }, 'merge', {
    metadata: { labels: { limits: 'low' } },
  });
  const machineConfigPoolSelector = { matchLabels: { limits: 'low' } };
  const spec = { machineConfigPoolSelector, containerRuntimeConfig: { pidsLimit: 2048 } };
  await put(client, containerRuntimeConfigs, { metadata: { name: 'limits' }, spec });
  await eventually(async () => find(client, machineConfigs, { name: '99-worker-generated-containerruntime' }));
  await client.delete(containerRuntimeConfigs.resource, { name: 'limits' });
  const name = '99-worker-generated-containerruntime';
  await eventually(async () => (await find(client, machineConfigs, { name })) === undefined);
});

test('the global pull secret reaches nodes without a drain', async () => {
  const cluster = await startPools(['a']);
  const { client, agents } = cluster;
  await updated(cluster, 'worker');
  await putNamespace(client, 'openshift-config');
  const text = '{"auths":{"mirror.example.com":{"auth":"dTpw"}}}';
  const data = { '.dockerconfigjson': Buffer.from(text).toString('base64') };
  await put(client, globalPullSecret, {
    metadata: { namespace: 'openshift-config', name: 'pull-secret' },
    type: 'kubernetes.io/dockerconfigjson',
    data,
  });
  await updated(cluster, 'worker', hasFile('/var/lib/kubelet/config.json'));
  expect(fileAt(agents.filesOf('a'), '/var/lib/kubelet/config.json')).toBe(text);
  expect(agents.deeds.at(-1)?.decision.drain).toBe(false);
  expect(valueAt(await nodeNamed(client, 'a'), ['spec', 'unschedulable'])).toBeUndefined();
  expect(await eventsOn(client, 'Node', 'a')).not.toContainEqual(expect.stringContaining('Cordon'));
});

test('authorities of registries reach nodes as files of their hosts', async () => {
  const cluster = await startPools(['a']);
  const { client, agents } = cluster;
  await updated(cluster, 'worker');
  await putNamespace(client, 'openshift-config');
  const pem = '-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----\n';
  await put(client, configConfigMaps, {
    metadata: { namespace: 'openshift-config', name: 'mirror-ca' },
    data: { 'mirror.example.com..5000': pem },
  });
  await put(client, images, { metadata: { name: 'cluster' }, spec: { additionalTrustedCA: { name: 'mirror-ca' } } });
  const path = '/etc/docker/certs.d/mirror.example.com:5000/ca.crt';
  await updated(cluster, 'worker', hasFile(path));
  expect(fileAt(agents.filesOf('a'), path)).toBe(pem);
});

test('what was made for a pool goes with it, and its nodes to another one', async () => {
  const cluster = await startPools([], ['worker', 'infra']);
  const { client } = cluster;
  await putNode(client, 'i', { 'node-role.kubernetes.io/worker': '', 'node-role.kubernetes.io/infra': '' });
  await updated(cluster, 'infra', hasFile(registriesConf));
  await client.delete(machineConfigPools.resource, { name: 'infra' });
  await eventually(async () => (await namesOfConfigs(client)).every((name) => !name.includes('infra')));
  await eventually(async () => valueAt(await poolNamed(client, 'worker'), ['status', 'updatedMachineCount']) === 1);
  expect(valueAt(await nodeNamed(client, 'i'), ['spec', 'taints'])).toBeUndefined();
});
