import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds } from '@pullpath/api';
import { inProcess, openServer } from '@pullpath/apiserver';
import { KubeClient, systemClock } from '@pullpath/kube-client';
import { expect, onTestFinished, test } from 'vitest';
import { ApiCluster, controllers, Guests, runControllers } from '../../src/index.ts';
import { machineConfigs } from '../../src/resources.ts';
import { eventually, find } from '../support/control-plane.ts';
import { startFakeAgents } from '../support/fake-agents.ts';
import { fileAt, putDigestMirrors, putNode } from '../support/pools.ts';

const needed = ['ImageDigestMirrorSet', 'MachineConfig', 'MachineConfigPool'];

test('without any OpenShift around, and most of its kinds absent, mirrors reach every node', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'pullpath-plain-'));
  const faults: unknown[] = [];
  const report = (error: unknown): void => void faults.push(error);
  const served = kinds.filter(({ kind }) => needed.includes(kind));
  const server = await openServer({ dataDir, host: '127.0.0.1', port: 0, kinds: served, report });
  const client = new KubeClient({ transport: inProcess(server.api) });
  const common = { component: 'test', instance: 'test', report };
  const management = new ApiCluster({ ...common, name: '', client });
  const guests = new Guests({ ...common, management, connect: () => Promise.reject(new Error('there is no guest')) });
  const stop = new AbortController();
  const { ended } = runControllers(
    controllers,
    { management, guests, clock: systemClock, report, settings: {} },
    stop.signal,
  );
  onTestFinished(async () => {
    stop.abort();
    await ended;
    await server.close();
    rmSync(dataDir, { recursive: true });
  });
  const agents = startFakeAgents(client, report);
  await putNode(client, 'a');
  await putNode(client, 'b', { 'node-role.kubernetes.io/control-plane': '' });
  await putDigestMirrors(client, 'quay', { source: 'quay.io', mirrors: ['mirror.example.com/quay'] });
  for (const node of ['a', 'b'])
    await eventually(async () =>
      fileAt(agents.filesOf(node), '/etc/containers/registries.conf')?.includes('mirror.example.com/quay'),
    );
  expect(await find(client, machineConfigs, { name: '99-worker-generated-registries' })).toBeDefined();
  expect(faults).toEqual([]);
});
