import { join } from 'node:path';
import { kinds, toCustomResourceDefinition } from '@pullpath/api';
import { type KubeClient, type KubeObject, pods, type Resource } from '@pullpath/kube-client';
import { connect, loadConnection } from '@pullpath/kube-client/node';
import { kubernetesOrSkip, startControlPlane } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { nodes } from '../../src/agent/agent-api.ts';
import { SimulatedMachines } from '../../src/index.ts';
import { confPath, file, mirrorConf, TestNode, temporaryDirectory, writeConfig } from '../start.ts';

const definitions: Resource = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
};

test('an agent and simulated machines on a real API server', { timeout: 120_000 }, async (context) => {
  const plane = await startControlPlane(kubernetesOrSkip(context));
  onTestFinished(() => plane.stop());
  const client = connect(await loadConnection({ path: plane.kubeconfig }));
  onTestFinished(() => client.close());
  await install(client);
  const reports: string[] = [];
  const stop = new AbortController();
  const directory = temporaryDirectory();
  const report = (error: unknown, doing: string): void => void reports.push(`${doing}: ${String(error)}`);
  const machines = new SimulatedMachines({ directory, management: client, guest: () => undefined, report, bootMs: 10 });
  const ended = machines.run(stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  await machines.createManagementMachine({ name: 'worker-0', pool: 'worker' });
  const node = new TestNode(client, 'worker-0', join(directory, 'management/worker-0'));
  await expect.poll(() => isThere(client, nodes, { name: 'worker-0' }), { timeout: 20_000 }).toBe(true);

  await writeConfig(client, 'one', [file(confPath, mirrorConf('m.example/ns'))]);
  await writeConfig(client, 'two', [file(confPath, mirrorConf('m.example/ns')), file('/etc/other', 'reboots')]);
  await node.takes('one');
  expect(node.actions()).toEqual(['reload crio.service']);

  await node.annotate({ desiredConfig: 'two', lastAppliedDrain: 'drain-two' });
  await node.says({ desiredDrain: 'uncordon-two' });
  await node.annotate({ lastAppliedDrain: 'uncordon-two' });
  await node.says({ currentConfig: 'two', state: 'Done' });
  const booted = await client.get(nodes, { name: 'worker-0' });
  expect(booted).toMatchObject({ status: { nodeInfo: { bootID: 'boot-2' } } });

  await runAndEvict(client);
  await expect.poll(() => node.events()).toContain('ConfigApplied two is effective; actions: Reboot');
  expect(reports).toEqual([]);
});

async function install(client: KubeClient): Promise<void> {
  const wanted = kinds.filter(({ kind }) => kind === 'MachineConfig' || kind === 'MachineConfigPool');
  for (const kind of wanted)
    await client.create(definitions, toCustomResourceDefinition(kind) as unknown as KubeObject);
  for (const { group, version, plural } of wanted)
    await expect
      .poll(() => client.raw(`/apis/${group}/${version}/${plural}`).then(Boolean, () => false), { timeout: 20_000 })
      .toBe(true);
}

async function runAndEvict(client: KubeClient): Promise<void> {
  const place = { namespace: 'default', name: 'p' };
  const account = { group: '', version: 'v1', plural: 'serviceaccounts', kind: 'ServiceAccount', namespaced: true };
  await client.create(account, { metadata: { namespace: 'default', name: 'default' } });
  const containers = [{ name: 'c', image: 'quay.io/ns/a:1' }];
  const spec = { nodeName: 'worker-0', terminationGracePeriodSeconds: 1, containers };
  await client.create(pods, { metadata: place, spec } as KubeObject);
  await expect.poll(() => client.get(pods, place), { timeout: 10_000 }).toMatchObject({ status: { phase: 'Running' } });
  await client.evict(place);
  await expect.poll(() => isThere(client, pods, place), { timeout: 10_000 }).toBe(false);
}

async function isThere(
  client: KubeClient,
  resource: Resource,
  place: { readonly namespace?: string; readonly name: string },
): Promise<boolean> {
  return client.get(resource, place).then(
    () => true,
    () => false,
  );
}
