import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inProcess } from '@pullpath/apiserver';
import { KubeClient, pods, type Resource } from '@pullpath/kube-client';
import { baseRegistriesConf, ignitionConfig } from '@pullpath/pull-config';
import { expect, onTestFinished, test } from 'vitest';
import { nodes } from '../../src/agent/agent-api.ts';
import { SimulatedMachines, type SimulatedMachinesOptions } from '../../src/index.ts';
import {
  awayClient,
  clientOf,
  confPath,
  file,
  mirrorConf,
  startServer,
  TestNode,
  temporaryDirectory,
  writeConfig,
} from '../start.ts';
import { startIgnitionEndpoint } from './ignition-endpoint.ts';

const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };
const machineConfigPools = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  plural: 'machineconfigpools',
  namespaced: false,
};
const secrets: Resource = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };

function simulate(options: Partial<SimulatedMachinesOptions> & { management: KubeClient; directory: string }) {
  const reports: string[] = [];
  const stop = new AbortController();
  const machines = new SimulatedMachines({
    guest: () => undefined,
    report: (error, doing) => void reports.push(`${doing}: ${String(error)}`),
    bootMs: 20,
    ...options,
  });
  const ended = machines.run(stop.signal);
  const end = async (): Promise<void> => {
    stop.abort();
    await ended;
  };
  onTestFinished(end);
  return { machines, reports, end };
}

test('a machine of the management cluster joins with base files and takes what its Node is told', async () => {
  const management = clientOf(await startServer());
  const directory = temporaryDirectory();
  const { machines, reports } = simulate({ management, directory });
  await machines.createManagementMachine({ name: 'worker-0', pool: 'worker' });
  const node = new TestNode(management, 'worker-0', join(directory, 'management/worker-0'));
  await expect.poll(() => exists(management, nodes, { name: 'worker-0' })).toBe(true);
  expect(node.read(confPath)).toBe(baseRegistriesConf);
  await writeConfig(management, 'rendered-worker-1', [file(confPath, mirrorConf('m.example/ns'))]);
  await node.takes('rendered-worker-1');
  expect(node.read(confPath)).toBe(mirrorConf('m.example/ns'));
  const { metadata, ...rest } = await management.get(nodes, { name: 'worker-0' });
  expect(metadata.labels).toMatchObject({ 'node-role.kubernetes.io/worker': '' });
  expect(rest).toMatchObject({
    status: { conditions: expect.arrayContaining([expect.objectContaining({ type: 'Ready', status: 'True' })]) },
  });
  expect(reports).toEqual([]);
});

test('a machine of a NodePool boots from the Ignition endpoint and joins with what it booted', async () => {
  const server = await startServer();
  const management = clientOf(server);
  const namespace = 'clusters-demo';
  await server.addCluster(namespace);
  const guest = new KubeClient({ transport: inProcess(server.api, { cluster: namespace }) });
  const conf = file(confPath, mirrorConf('m.example/ns'));
  const endpoint = await startIgnitionEndpoint(ignitionConfig([conf, file('/etc/boot-only', 'x')]));
  endpoint.answer = { ...endpoint.answer, status: 511 };
  await management.create(namespaces, { metadata: { name: namespace } });
  const value = Buffer.from(endpoint.userData).toString('base64');
  await management.create(secrets, { metadata: { namespace, name: 'user-data-a' }, data: { value } } as never);
  await writeConfig(guest, 'rendered-pool-a-abcd1234', [conf]);
  const directory = temporaryDirectory();
  const { machines, reports } = simulate({ management, guest: () => guest, directory });
  const labels = { 'hypershift.openshift.io/nodePool': 'pool-a' };
  const machine = { namespace, nodePool: 'pool-a', name: 'pool-a-x', userData: 'user-data-a', labels };
  await machines.create(machine);
  await expect.poll(() => endpoint.requests.length).toBeGreaterThan(1);
  expect(await exists(guest, nodes, { name: 'pool-a-x' })).toBe(false);
  endpoint.answer = { ...endpoint.answer, status: 200 };
  await machines.create(machine);
  const node = new TestNode(guest, 'pool-a-x', join(directory, namespace, 'pool-a-x'));
  await expect.poll(() => exists(guest, nodes, { name: 'pool-a-x' }), { timeout: 5_000 }).toBe(true);
  await node.says({
    currentConfig: 'rendered-pool-a-abcd1234',
    desiredConfig: 'rendered-pool-a-abcd1234',
    state: 'Done',
  });
  expect((await guest.get(nodes, { name: 'pool-a-x' })).metadata.labels).toMatchObject(labels);
  expect(endpoint.requests[0]).toMatchObject({ authorization: 'Bearer dG9rZW4=', nodepool: 'clusters/pool-a' });
  expect(reports).toEqual(reports.filter((report) => report.includes('511')));

  // What came with the boot alone is not part of a change: it would reboot the node.
  await writeConfig(guest, 'rendered-pool-a-2', [file(confPath, mirrorConf('m.example/ns', 'n.example/ns'))]);
  await node.takes('rendered-pool-a-2');
  expect(node.actions()).toEqual(['reload crio.service']);
  expect(node.read('/etc/boot-only')).toBe('x');
  await machines.remove({ namespace, name: 'pool-a-x' });
  expect(existsSync(join(directory, namespace, 'pool-a-x'))).toBe(false);
});

test('pods bound to a simulated node run, and are gone when their grace is over', async () => {
  const management = clientOf(await startServer());
  const { machines, reports } = simulate({ management, directory: temporaryDirectory() });
  await machines.createManagementMachine({ name: 'worker-0', pool: 'worker' });
  const place = { namespace: 'default', name: 'p' };
  const spec = {
    nodeName: 'worker-0',
    terminationGracePeriodSeconds: 1,
    containers: [{ name: 'c', image: 'quay.io/ns/a:1' }],
  };
  await management.create(pods, { metadata: place, spec } as never);
  await expect
    .poll(() => management.get(pods, place), { timeout: 5_000 })
    .toMatchObject({ status: { phase: 'Running' } });
  await management.evict(place);
  await expect.poll(() => exists(management, pods, place), { timeout: 5_000 }).toBe(false);
  expect(reports).toEqual([]);
});

test('a reboot takes its time: the Node is not ready meanwhile, and has another boot id after', async () => {
  const management = clientOf(await startServer());
  const directory = temporaryDirectory();
  const { machines, reports } = simulate({ management, directory, bootMs: 300 });
  await machines.createManagementMachine({ name: 'worker-0', pool: 'worker' });
  const node = new TestNode(management, 'worker-0', join(directory, 'management/worker-0'));
  await expect.poll(() => exists(management, nodes, { name: 'worker-0' })).toBe(true);
  await writeConfig(management, 'one', [file('/etc/other', 'reboots')]);
  await node.annotate({ desiredConfig: 'one', lastAppliedDrain: 'drain-one' });
  await node.says({ state: 'Rebooting', step: 'Rebooting' });
  await expect.poll(() => readyOf(management), { interval: 20 }).toBe('False boot-1');
  await node.says({ desiredDrain: 'uncordon-one' });
  expect(await readyOf(management)).toBe('True boot-2');
  await node.annotate({ lastAppliedDrain: 'uncordon-one' });
  await node.says({ state: 'Done', currentConfig: 'one' });
  expect(reports).toEqual([]);
});

test('a containerd machine boots with certs.d, which is its own from then on', async () => {
  const management = clientOf(await startServer());
  const directory = temporaryDirectory();
  const { machines, reports } = simulate({ management, directory, runtime: 'containerd' });
  await writeConfig(management, 'one', [file(confPath, mirrorConf('m.example/ns'))]);
  await writeConfig(management, 'two', []);
  const pool = { ...machineConfigPools, kind: 'MachineConfigPool' };
  const spec = { configuration: { name: 'one' } };
  await management.create(pool, { metadata: { name: 'worker' }, spec } as never);
  await machines.createManagementMachine({ name: 'worker-0', pool: 'worker' });
  const node = new TestNode(management, 'worker-0', join(directory, 'management/worker-0'));
  await expect.poll(() => exists(management, nodes, { name: 'worker-0' })).toBe(true);
  await node.says({ currentConfig: 'one', desiredConfig: 'one', state: 'Done' });
  expect(node.read('/etc/containerd/certs.d/quay.io/hosts.toml')).toContain('m.example');
  await node.takes('two');
  expect(existsSync(join(node.root, 'etc/containerd/certs.d/quay.io/hosts.toml'))).toBe(false);
  expect(reports).toEqual([]);
});

test('a Node that was deleted comes back with what its machine has, when the machine starts again', async () => {
  const management = clientOf(await startServer());
  const directory = temporaryDirectory();
  const first = simulate({ management, directory });
  await first.machines.createManagementMachine({ name: 'worker-0', pool: 'worker' });
  const node = new TestNode(management, 'worker-0', join(directory, 'management/worker-0'));
  await expect.poll(() => exists(management, nodes, { name: 'worker-0' })).toBe(true);
  await writeConfig(management, 'one', [file(confPath, mirrorConf('m.example/ns'))]);
  await node.takes('one');
  await management.delete(nodes, { name: 'worker-0' });
  await first.end();
  simulate({ management, directory });
  await expect.poll(() => exists(management, nodes, { name: 'worker-0' }), { timeout: 5_000 }).toBe(true);
  expect(await node.view()).toMatchObject({ currentConfig: 'one', desiredConfig: 'one', state: 'Done' });
});

test('machines of a hosted cluster go on with another client of its API', async () => {
  const server = await startServer();
  const management = clientOf(server);
  const namespace = 'clusters-demo';
  await server.addCluster(namespace);
  const guest = new KubeClient({ transport: inProcess(server.api, { cluster: namespace }) });
  const conf = file(confPath, mirrorConf('m.example/ns'));
  const endpoint = await startIgnitionEndpoint(ignitionConfig([conf]));
  await management.create(namespaces, { metadata: { name: namespace } });
  const value = Buffer.from(endpoint.userData).toString('base64');
  await management.create(secrets, { metadata: { namespace, name: 'user-data-a' }, data: { value } } as never);
  await writeConfig(guest, 'rendered-pool-a-abcd1234', [conf]);
  let current = awayClient();
  const directory = temporaryDirectory();
  const { machines, reports } = simulate({ management, guest: () => current, directory });
  await machines.create({ namespace, nodePool: 'pool-a', name: 'a-0', userData: 'user-data-a', labels: {} });
  await expect.poll(() => reports.join()).toContain('api cannot be reached');
  current = guest;
  await machines.renew(namespace);
  await expect.poll(() => exists(guest, nodes, { name: 'a-0' }), { timeout: 5_000 }).toBe(true);
  await expect.poll(() => machines.statuses().get(`${namespace}/a-0`)?.state).toBe('Done');
});

test('machines go on in the next process, and write nothing when there is nothing to do', async () => {
  const management = clientOf(await startServer());
  const directory = temporaryDirectory();
  const first = simulate({ management, directory });
  await first.machines.createManagementMachine({ name: 'worker-0', pool: 'worker' });
  const node = new TestNode(management, 'worker-0', join(directory, 'management/worker-0'));
  await writeConfig(management, 'one', [file(confPath, mirrorConf('m.example/ns'))]);
  await expect.poll(() => exists(management, nodes, { name: 'worker-0' })).toBe(true);
  await node.takes('one');
  await first.end();
  const before = await management.get(nodes, { name: 'worker-0' });
  const second = simulate({ management, directory });
  await expect.poll(() => second.machines.statuses().get('management/worker-0')?.state).toBe('Done');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await management.get(nodes, { name: 'worker-0' })).metadata.resourceVersion).toBe(
    before.metadata.resourceVersion,
  );
  await second.machines.removeManagementMachine('worker-0');
  expect(existsSync(join(directory, 'management/worker-0'))).toBe(false);
});

async function readyOf(client: KubeClient): Promise<string> {
  const { status } = (await client.get(nodes, { name: 'worker-0' })) as unknown as {
    status: { conditions: { type: string; status: string }[]; nodeInfo: { bootID: string } };
  };
  return `${status.conditions.find(({ type }) => type === 'Ready')?.status} ${status.nodeInfo.bootID}`;
}

async function exists(
  client: KubeClient,
  resource: Resource,
  place: { namespace?: string; name: string },
): Promise<boolean> {
  return client.get(resource, place).then(
    () => true,
    () => false,
  );
}
