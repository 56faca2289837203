import { valueAt } from '@pullpath/api';
import { expect, test } from 'vitest';
import {
  clusterImagePolicies,
  containerRuntimeConfigs,
  imagePolicies,
  machineConfigPools,
  machineConfigurations,
} from '../../src/openshift/resources.ts';
import { eventually, find } from '../support/control-plane.ts';
import { put, putNamespace } from '../support/fixtures.ts';
import { conditionOf, poolNamed, quiet, startPools, updated } from '../support/pools.ts';

const keyData = Buffer.from(
  `-----BEGIN PUBLIC KEY-----\n${'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE'.repeat(3)}\n-----END PUBLIC KEY-----\n`,
).toString('base64');
const policy = { rootOfTrust: { policyType: 'PublicKey', publicKey: { keyData } } };

test('a ContainerRuntimeConfig says whether it is in effect, and why not', async () => {
  const { client } = await startPools(['a']);
  const labels = { 'pools.operator.machineconfiguration.openshift.io/worker': '' };
  await client.patch(machineConfigPools.resource, { name: 'worker' }, 'merge', { metadata: { labels } });
  const spec = (pidsLimit: number, matchLabels: object = labels) => ({
    machineConfigPoolSelector: { matchLabels },
    containerRuntimeConfig: { pidsLimit },
  });
  const told = async (type: string) =>
    eventually(async () => conditionOf(await find(client, containerRuntimeConfigs, { name: 'limits' }), type));
  await put(client, containerRuntimeConfigs, { metadata: { name: 'limits' }, spec: spec(2048) });
  expect(await told('Success')).toMatchObject({ status: 'True', message: 'Success' });
  await put(client, containerRuntimeConfigs, { metadata: { name: 'limits' }, spec: spec(3) });
  expect(await told('Failure')).toMatchObject({
    status: 'False',
    message: expect.stringMatching(/^Error: .*pidsLimit/),
  });
  await eventually(async () => {
    const condition = conditionOf(await poolNamed(client, 'worker'), 'RenderDegraded');
    return String(valueAt(condition, ['message'])).includes('ContainerRuntimeConfig/limits');
  });
  await put(client, containerRuntimeConfigs, { metadata: { name: 'limits' }, spec: spec(2048, { other: '' }) });
  await eventually(async () =>
    String(valueAt(await told('Failure'), ['message'])).includes('it selects no MachineConfigPool'),
  );
});

test('an ImagePolicy says that a ClusterImagePolicy covers its scope, as long as one does', async () => {
  const { client } = await startPools(['a']);
  await putNamespace(client, 'team');
  const place = { namespace: 'team', name: 'signed' };
  await put(client, imagePolicies, { metadata: place, spec: { scopes: ['quay.io/team'], policy } });
  await put(client, clusterImagePolicies, { metadata: { name: 'all' }, spec: { scopes: ['quay.io'], policy } });
  const pending = async () => conditionOf(await find(client, imagePolicies, place), 'Pending');
  expect(await eventually(pending)).toMatchObject({ status: 'False', reason: 'ConflictScopes' });
  await client.delete(clusterImagePolicies.resource, { name: 'all' });
  await eventually(async () => (await pending()) === undefined);
});

test('MachineConfiguration shows the disruption policies in force', async () => {
  const { client } = await startPools([]);
  const files = [{ path: '/etc/containers/registries.conf', actions: [{ type: 'None' }] }];
  await put(client, machineConfigurations, {
    metadata: { name: 'cluster' },
    spec: { managementState: 'Managed', nodeDisruptionPolicy: { files } },
  });
  const shown = await eventually(async () => {
    const found = await find(client, machineConfigurations, { name: 'cluster' });
    return valueAt(found, ['status', 'nodeDisruptionPolicyStatus', 'clusterPolicies', 'files']) as
      | readonly { path: string }[]
      | undefined;
  });
  expect(shown).toContainEqual(files[0]);
  expect(shown.find(({ path }) => path === '/etc/containers/policy.json')).toMatchObject({
    actions: [{ type: 'Reload', reload: { serviceName: 'crio.service' } }],
  });
});

test('what is told is told once: a restart writes nothing', async () => {
  const cluster = await startPools(['a']);
  const { client, plane } = cluster;
  await put(client, clusterImagePolicies, { metadata: { name: 'all' }, spec: { scopes: ['quay.io'], policy } });
  await put(client, containerRuntimeConfigs, {
    metadata: { name: 'none' },
    spec: { machineConfigPoolSelector: { matchLabels: { none: '' } }, containerRuntimeConfig: { pidsLimit: 2048 } },
  });
  await put(client, machineConfigurations, { metadata: { name: 'cluster' }, spec: { managementState: 'Managed' } });
  await updated(cluster, 'worker');
  await quiet(cluster);
  await plane.restart();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(plane.writes()).toEqual([]);
  expect(plane.faults).toEqual([]);
});
