import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeClient, Resource } from '@pullpath/kube-client';
import { pods } from '@pullpath/kube-client';
import { baseRegistriesConf } from '@pullpath/pull-config';
import { expect, onTestFinished, test } from 'vitest';
import { nodes } from '../../src/agent/agent-api.ts';
import { SimulatedMachines, type SimulatedMachinesOptions } from '../../src/index.ts';
import {
  clientOf,
  confPath,
  file,
  mirrorConf,
  startServer,
  TestNode,
  temporaryDirectory,
  writeConfig,
} from '../start.ts';

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
