import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds } from '@pullpath/api';
import { inProcess, type OpenServer, openServer } from '@pullpath/apiserver';
import { KubeClient, type KubeObject, type Resource } from '@pullpath/kube-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isStored } from '../../src/input/kind-named.ts';
import { machineConfigPools } from '../../src/input/live-board.ts';

const directory = mkdtempSync(join(tmpdir(), 'pullpath-status-'));
const nodes: Resource = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };
const machineConfigs: Resource = { ...machineConfigPools, plural: 'machineconfigs', kind: 'MachineConfig' };
const prefix = 'machineconfiguration.openshift.io';
const old = 'rendered-worker-0123456789abcdef0123456789abcdef';
const now = 'rendered-worker-fedcba9876543210fedcba9876543210';
let server: OpenServer;
let client: KubeClient;

beforeAll(async () => {
  const report = (error: unknown): void => {
    throw error;
  };
  server = await openServer({ dataDir: directory, host: '127.0.0.1', port: 0, kinds: kinds.filter(isStored), report });
  client = new KubeClient({ transport: inProcess(server.api) });
  await client.create(machineConfigPools, workerPool);
  await writeStatus({ configuration: { name: old }, conditions: [{ type: 'Updating', status: 'True' }] });
  const labels = { 'pullpath.dev/rendered-for': 'worker' };
  for (const name of [old, now])
    await client.create(machineConfigs, { metadata: { name, labels }, spec: { config: {} } } as KubeObject);
  await writeNode('w-1', { currentConfig: now, desiredConfig: now, state: 'Done' });
  await writeNode('w-2', {
    currentConfig: old,
    desiredConfig: now,
    state: 'Working',
    'pullpath.dev/step': 'Reloading',
  });
}, 60_000);

afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

const workerPool = {
  metadata: { name: 'worker' },
  spec: {
    nodeSelector: { matchLabels: { 'node-role.kubernetes.io/worker': '' } },
    configuration: { name: now },
  },
} as KubeObject;

async function writeStatus(status: object): Promise<void> {
  await client.patch(machineConfigPools, { name: 'worker' }, 'merge', { status }, { subresource: 'status' });
}

async function writeNode(name: string, annotations: Record<string, string>): Promise<void> {
  const named = Object.entries(annotations).map(([key, value]) => [
    key.includes('/') ? key : `${prefix}/${key}`,
    value,
  ]);
  await client.create(nodes, { metadata: { name, annotations: Object.fromEntries(named) } });
}

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function pullpath(...args: string[]): Promise<Ended> {
  const env = { ...process.env, KUBECONFIG: server.kubeconfig };
  const launcher = join(import.meta.dirname, '../../../../pullpath');
  return new Promise((resolve) => {
    execFile(launcher, args, { env, timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ status: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

test('status is a board of pools and nodes', { timeout: 60_000 }, async () => {
  const { status, stdout } = await pullpath('status');
  expect(stdout).toMatch(/^worker +Updating +01234567 -> fedcba98 +2 +1 /m);
  expect(stdout).toMatch(/^w-2 +worker +Reloading +01234567/m);
  expect(status).toBe(0);
  const json = JSON.parse((await pullpath('status', '-o', 'json')).stdout);
  expect(json.pools[0].nodes.map(({ phase }: { phase: string }) => phase)).toEqual(['Done', 'Reloading']);
});

test('a node that has drifted is a finding', { timeout: 60_000 }, async () => {
  const drift = (text: string | null) =>
    client.patch(nodes, { name: 'w-1' }, 'merge', { metadata: { annotations: { 'pullpath.dev/drift': text } } });
  await drift('/etc/containers/registries.conf: changed');
  const { status, stdout } = await pullpath('status');
  await drift(null);
  expect(stdout).toContain('/etc/containers/registries.conf: changed');
  expect(status).toBe(1);
});

test('rollout pause, resume and undo say what happens and make it so', { timeout: 60_000 }, async () => {
  expect((await pullpath('rollout', 'pause', 'worker')).stdout).toContain('worker is paused');
  expect(await client.get(machineConfigPools, { name: 'worker' })).toMatchObject({ spec: { paused: true } });
  expect((await pullpath('rollout', 'undo', 'worker')).stdout).toBe(`worker goes back to ${old}\n`);
  const pinned = { 'pullpath.dev/pinned-config': old, 'pullpath.dev/pinned-over': now };
  expect((await client.get(machineConfigPools, { name: 'worker' })).metadata.annotations).toMatchObject(pinned);
  expect((await pullpath('rollout', 'resume', 'worker')).stdout).toBe(`worker goes on to ${now}\n`);
  const { metadata } = await client.get(machineConfigPools, { name: 'worker' });
  expect(metadata.annotations).toEqual({ 'pullpath.dev/approved-config': now });
});

test('a pool that is not there is one clear line', { timeout: 60_000 }, async () => {
  const { status, stderr } = await pullpath('rollout', 'undo', 'infra');
  expect(stderr).toContain('error[object-not-found]: there is no MachineConfigPool infra');
  expect(status).toBe(3);
});

test('a NodePool is paused and resumed, and has nothing to go back to', { timeout: 60_000 }, async () => {
  const hypershift = { group: 'hypershift.openshift.io', version: 'v1beta1', namespaced: true };
  const hostedClusters: Resource = { ...hypershift, plural: 'hostedclusters', kind: 'HostedCluster' };
  const nodePools: Resource = { ...hypershift, plural: 'nodepools', kind: 'NodePool' };
  const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };
  await client.create(namespaces, { metadata: { name: 'clusters' } });
  const release = { image: 'quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64' };
  const cluster = { release, pullSecret: { name: 'pull-secret' } };
  const pool = { clusterName: 'mine', replicas: 2, management: { upgradeType: 'InPlace' }, release };
  const place = { namespace: 'clusters', name: 'workers' };
  await client.create(hostedClusters, { metadata: { ...place, name: 'mine' }, spec: cluster } as KubeObject);
  await client.create(nodePools, { metadata: place, spec: pool } as KubeObject);
  const word = async (verb: string) => pullpath('rollout', verb, 'workers', '--cluster', 'clusters/mine');
  expect((await word('pause')).stdout).toContain('workers is paused');
  expect(await client.get(nodePools, place)).toMatchObject({ spec: { pausedUntil: 'true' } });
  expect((await word('resume')).stdout).toBe('workers goes on\n');
  expect(await client.get(nodePools, place)).not.toHaveProperty('spec.pausedUntil');
  expect((await word('undo')).stderr).toContain('error[nothing-to-undo]');
});

test('rollout status waits until the pool is updated', { timeout: 60_000 }, async () => {
  const once = await pullpath('rollout', 'status', 'worker', '--no-watch');
  expect(once.status).toBe(1);
  const waiting = pullpath('rollout', 'status', 'worker');
  setTimeout(
    () =>
      void writeStatus({
        configuration: { name: now },
        conditions: [
          { type: 'Updating', status: 'False' },
          { type: 'Updated', status: 'True' },
        ],
      }),
    3_000,
  );
  const { status, stdout, stderr } = await waiting;
  expect(stderr).toContain(`1 of 2 nodes have ${now}`);
  expect(stdout).toMatch(/^worker +Updated +fedcba98/m);
  expect(status).toBe(0);
});

test('get shows the columns of the server', { timeout: 60_000 }, async () => {
  const { stdout, status } = await pullpath('get', 'mcp');
  expect(stdout.split('\n')[0]).toMatch(/^NAME +CONFIG +UPDATED +UPDATING +DEGRADED/);
  expect(status).toBe(0);
  const one = await pullpath('get', 'node', 'w-1', '-o', 'json');
  expect(JSON.parse(one.stdout).metadata.name).toBe('w-1');
  expect((await pullpath('get', 'secrets')).status).toBe(3);
});
