import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromObject, kinds, loadManifests } from '@pullpath/api';
import { inProcess, type OpenServer, openServer } from '@pullpath/apiserver';
import { KubeClient } from '@pullpath/kube-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isStored } from '../src/input/kind-named.ts';

const root = join(import.meta.dirname, '../../..');
const directory = mkdtempSync(join(tmpdir(), 'pullpath-live-'));
let server: OpenServer;

beforeAll(async () => {
  const report = (error: unknown): void => {
    throw error;
  };
  const stored = kinds.filter(isStored);
  server = await openServer({ dataDir: directory, host: '127.0.0.1', port: 0, kinds: stored, report });
  await applyExamples('unified');
}, 60_000);

afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

async function applyExamples(name: string): Promise<void> {
  const client = new KubeClient({ transport: inProcess(server.api) });
  const namespaces = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };
  await client.create(namespaces, { metadata: { name: 'clusters' } });
  for (const file of ['hostedcluster', 'image-mirror-config', 'nodepool']) {
    const path = join(root, 'examples', name, `${file}.yaml`);
    const { objects } = loadManifests([{ file: path, text: readFileSync(path, 'utf8') }]);
    for (const { object } of objects) {
      const [group = '', version = group] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : ['', 'v1'];
      const plural = `${object.kind.toLowerCase()}s`;
      const resource = { group, version, plural, kind: object.kind, namespaced: true };
      await client.create(resource, fromObject(object).object);
    }
  }
}

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function pullpath(...args: string[]): Promise<Ended> {
  const env = { ...process.env, KUBECONFIG: server.kubeconfig };
  return new Promise((resolve) => {
    execFile(join(root, 'pullpath'), args, { env }, (error, stdout, stderr) =>
      resolve({ status: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

test('explain answers from the state of an API server', async () => {
  const cluster = ['--cluster', 'my-cluster', '--pool', 'my-cluster-workers'];
  const { status, stdout } = await pullpath('explain', 'registry.redhat.io/rhel9/nginx:1.24', ...cluster);
  expect(stdout).toContain('1 ✓    mirror.example.com/rhel9/nginx:1.24  tried    mirror');
  expect(status).toBe(0);
});

test('plan applies the proposed objects to what the API server holds', async () => {
  const path = join(directory, 'proposed.yaml');
  const now = readFileSync(join(root, 'examples/unified/image-mirror-config.yaml'), 'utf8');
  writeFileSync(path, now.replace('mirror.example.com/rhel9', 'other.example.com/rhel9'));
  const { status, stdout } = await pullpath('plan', '--to', path, '--cluster', 'clusters/my-cluster');
  expect(stdout).toContain('mirror mirror.example.com/rhel9 removed, mirror other.example.com/rhel9 added');
  expect(stdout).toContain('Plan: 0 to add, 1 to change, 0 to remove · 1 of 1 pool drained');
  expect(status).toBe(0);
});

test('explain tells what one node has, by the configuration that its agent says is in place', async () => {
  const client = new KubeClient({ transport: inProcess(server.api) });
  const conf = 'unqualified-search-registries = ["docker.io"]\n[[registry]]\nlocation = "quay.io"\nblocked = true\n';
  const source = `data:;base64,${Buffer.from(conf).toString('base64')}`;
  const file = { path: '/etc/containers/registries.conf', mode: 0o644, contents: { source } };
  const config = { ignition: { version: '3.5.0' }, storage: { files: [file] } };
  const group = 'machineconfiguration.openshift.io';
  const machineConfigs = { group, version: 'v1', plural: 'machineconfigs', kind: 'MachineConfig', namespaced: false };
  const nodes = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };
  const object = { metadata: { name: 'rendered-worker-1' }, spec: { config } };
  await client.create(machineConfigs, object);
  const annotations = { [`${group}/currentConfig`]: 'rendered-worker-1' };
  await client.create(nodes, { metadata: { name: 'worker-0', annotations } });
  const { status, stdout } = await pullpath('explain', 'quay.io/a:1', '--node', 'worker-0');
  expect(stdout).toContain('1 ✗    quay.io/a:1  blocked');
  expect(status).toBe(1);
});

test('a node that no agent looks after is told as such', async () => {
  const client = new KubeClient({ transport: inProcess(server.api) });
  const nodes = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };
  await client.create(nodes, { metadata: { name: 'worker-1' } });
  const { status, stderr } = await pullpath('explain', 'quay.io/a:1', '--node', 'worker-1');
  expect(stderr).toContain('error[node-unmanaged]: no agent has said which configuration node worker-1 has');
  expect(status).toBe(3);
});

test('a cluster that is not there is told as such', async () => {
  const { status, stderr } = await pullpath('explain', 'quay.io/a:1', '--cluster', 'other', '--pool', 'p');
  expect(stderr).toContain('holds no HostedCluster other with NodePool p');
  expect(status).toBe(2);
});

test('a server that cannot be reached is one line with exit code 3', async () => {
  const kubeconfig = join(directory, 'away');
  writeFileSync(kubeconfig, readFileSync(server.kubeconfig, 'utf8').replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1'));
  const { status, stderr } = await pullpath('explain', 'quay.io/a:1', '--kubeconfig', kubeconfig);
  expect(stderr).toMatch(/^error\[kube-unreachable\]: .*127\.0\.0\.1:1/);
  expect(status).toBe(3);
});
