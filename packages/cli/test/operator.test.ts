import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { kinds } from '@pullpath/api';
import { inProcess, openServer } from '@pullpath/apiserver';
import { KubeClient, type KubeObject, leases, type Resource } from '@pullpath/kube-client';
import { expect, onTestFinished, test } from 'vitest';
import { isStored } from '../src/input/kind-named.ts';

const pullpath = join(import.meta.dirname, '../../../pullpath');
const machineConfigs: Resource = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  plural: 'machineconfigs',
  kind: 'MachineConfig',
  namespaced: false,
};
const pools: Resource = { ...machineConfigs, plural: 'machineconfigpools', kind: 'MachineConfigPool' };
const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };

test('when the leader is killed the other operator takes over and does the work', { timeout: 120_000 }, async () => {
  const { client, kubeconfig } = await startServer();
  const operators = [startOperator(kubeconfig), startOperator(kubeconfig)];
  await client.create(pools, pool('one'));
  await configOf(client, 'one');
  const leader = operators.find(({ output }) => output().includes('working on'));
  const standby = operators.find((operator) => operator !== leader);
  expect(standby?.output()).not.toContain('working on');
  const before = await holder(client);
  leader?.child.kill('SIGKILL');
  await client.create(pools, pool('two'));
  await configOf(client, 'two');
  expect(standby?.output()).toContain('working on');
  expect(await holder(client)).not.toBe(before);
});

async function startServer() {
  const dataDir = mkdtempSync(join(tmpdir(), 'pullpath-operator-'));
  const report = (error: unknown): void => {
    throw error;
  };
  const stored = kinds.filter(isStored);
  const server = await openServer({ dataDir, host: '127.0.0.1', port: 0, kinds: stored, report });
  onTestFinished(async () => {
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const client = new KubeClient({ transport: inProcess(server.api) });
  await client.create(namespaces, { metadata: { name: 'pullpath' } });
  return { client, kubeconfig: server.kubeconfig };
}

interface Operator {
  readonly child: ChildProcess;
  readonly output: () => string;
}

function startOperator(kubeconfig: string): Operator {
  const child = spawn(pullpath, ['operator', '--kubeconfig', kubeconfig, '--leader-elect'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  onTestFinished(
    () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  );
  return { child, output: () => text };
}

function pool(name: string): KubeObject & { readonly spec: object } {
  const machineConfigSelector = { matchLabels: { 'machineconfiguration.openshift.io/role': name } };
  return { metadata: { name }, spec: { machineConfigSelector, nodeSelector: { matchLabels: { role: name } } } };
}

/** Waits for the configuration that the pool controller makes. */
async function configOf(client: KubeClient, name: string): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    const { items } = await client.list(machineConfigs);
    if (items.some(({ metadata }) => metadata.name?.startsWith(`rendered-${name}-`))) return;
    if (Date.now() > end) throw new Error(`no configuration of pool ${name} after a minute`);
    await pause(200);
  }
}

async function holder(client: KubeClient): Promise<string | undefined> {
  const { spec } = await client.get(leases, { namespace: 'pullpath', name: 'pullpath-operator' });
  return spec?.holderIdentity;
}
