import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds } from '@pullpath/api';
import { issueToken, type OpenServer, openServer, rootCluster } from '@pullpath/apiserver';
import type { KubeClient, KubeObject, Resource } from '@pullpath/kube-client';
import { connect, loadConnection } from '@pullpath/kube-client/node';
import { freePorts } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { folderWith, launcher, pullpath } from '../run-cli.ts';

const nodes: Resource = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };

test('a server that is away is named at once, with verb and resource, and the agent stays', async () => {
  const [port = 0] = await freePorts(1);
  const folder = folderWith({ kubeconfig: kubeconfigOf(`http://127.0.0.1:${port}`) });
  const agent = start(folder, ['--log-format', 'json']);
  await expect.poll(() => agent.lines().length, { timeout: 20_000 }).toBeGreaterThan(1);
  const [first = '', second = ''] = agent.lines();
  expect(JSON.parse(first)).toMatchObject({ level: 'info', message: expect.stringContaining('looking after node n1') });
  expect(JSON.parse(second)).toMatchObject({
    level: 'error',
    code: 'kube-unreachable',
    message: expect.stringMatching(/^list nodes: 127\.0\.0\.1:\d+ cannot be reached: the connection was refused/),
  });
  expect(await agent.end()).toBe(0);
});

test('a token that has expired and a permission that is missing are told, and the work goes on when they are there', {
  timeout: 60_000,
}, async () => {
  const server = await openServerIn(folderWith({}));
  const { store } = server.api.rest;
  const admin = await adminOf(server);
  await admin.create(nodes, { metadata: { name: 'n1' } });
  const token = await issueToken(store, rootCluster, {
    name: 'system:serviceaccount:pullpath:pullpath-agent',
    groups: [],
  });
  const { server: url, ca } = addressOf(server);
  const folder = folderWith({ kubeconfig: kubeconfigOf(url, ca, 'expired') });
  const expired = start(folder);
  await expect
    .poll(() => expired.lines().join('\n'), { timeout: 20_000 })
    .toMatch(/error\[kube-status\]: list nodes: .*Unauthorized/);
  await expired.end();

  writeFileSync(join(folder, 'kubeconfig'), kubeconfigOf(url, ca, token));
  const agent = start(folder);
  await expect
    .poll(() => agent.lines().join('\n'), { timeout: 20_000 })
    .toMatch(/list nodes: .*cannot (list|watch) resource "nodes"/);
  for (const object of agentRole()) await admin.create(resourceOf(object), object);
  await writeMachineConfig(admin, 'one', 'one\n');
  await admin.patch(nodes, { name: 'n1' }, 'merge', { metadata: { annotations: { [desiredConfig]: 'one' } } });
  await expect.poll(() => annotationsOf(admin), { timeout: 20_000 }).toMatchObject({ [state]: 'Working' });
  expect(await agent.end()).toBe(0);
});

test('health, readiness and metrics are answered, and --uninstall leaves nothing', { timeout: 60_000 }, async () => {
  const server = await openServerIn(folderWith({}));
  const admin = await adminOf(server);
  await admin.create(nodes, { metadata: { name: 'n1' } });
  await writeMachineConfig(admin, 'one', 'a: b\n', '/etc/containers/registries.d/a.yaml');
  await admin.patch(nodes, { name: 'n1' }, 'merge', { metadata: { annotations: { [desiredConfig]: 'one' } } });
  const folder = folderWith({ kubeconfig: readFileSync(server.kubeconfig, 'utf8') });
  const [port = 0] = await freePorts(1);
  const agent = start(folder, ['--health-listen', String(port)]);
  await expect.poll(() => annotationsOf(admin), { timeout: 20_000 }).toMatchObject({ [state]: 'Done' });
  const answer = async (path: string): Promise<string> => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  expect(await answer('/readyz')).toBe('ok\n');
  expect(await answer('/metrics')).toContain('\npullpath_agent_applied_total 1\n');
  expect(await agent.end()).toBe(0);
  const leaving = start(folder, ['--uninstall']);
  expect(await leaving.ended).toBe(0);
  expect(leaving.lines()).toEqual(['given back: /etc/containers/registries.d/a.yaml']);
  expect(Object.keys(await annotationsOf(admin))).toEqual([desiredConfig]);
});

test('without a node there is nothing to look after', () => {
  const { status, stderr } = pullpath(['agent']);
  expect(status).toBe(2);
  expect(stderr).toContain("required option '--node <name>'");
});

const desiredConfig = 'machineconfiguration.openshift.io/desiredConfig';
const state = 'machineconfiguration.openshift.io/state';

function flagsOf(folder: string): string[] {
  return ['--kubeconfig', join(folder, 'kubeconfig'), '--node', 'n1', '--root', join(folder, 'root')];
}

interface Started {
  readonly lines: () => readonly string[];
  /** Its exit code. */
  readonly ended: Promise<number | null>;
  /** Ends it by SIGTERM; its exit code. */
  readonly end: () => Promise<number | null>;
}

function start(folder: string, more: readonly string[] = []): Started {
  const child: ChildProcess = spawn(launcher, ['agent', ...flagsOf(folder), ...more], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const ended = once(child, 'close').then(([code]) => code);
  const end = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return ended;
  };
  return { lines: () => text.split('\n').filter(Boolean), ended, end };
}

async function openServerIn(dataDir: string): Promise<OpenServer> {
  const groups = ['machineconfiguration.openshift.io', 'operator.openshift.io'];
  const server = await openServer({
    dataDir,
    host: '127.0.0.1',
    port: 0,
    kinds: kinds.filter(({ group }) => groups.includes(group)),
    report: (error) => console.error(error),
  });
  onTestFinished(() => server.close());
  return server;
}

async function adminOf(server: OpenServer): Promise<KubeClient> {
  const client = connect(await loadConnection({ path: server.kubeconfig }));
  onTestFinished(() => client.close());
  return client;
}

function addressOf({ kubeconfig }: OpenServer): { server: string; ca: string } {
  const { cluster } = JSON.parse(readFileSync(kubeconfig, 'utf8')).clusters[0];
  return { server: cluster.server, ca: cluster['certificate-authority-data'] };
}

function kubeconfigOf(server: string, ca?: string, token?: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server, ...(ca === undefined ? {} : { 'certificate-authority-data': ca }) } }],
    users: [{ name: 'u', user: token === undefined ? {} : { token } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  });
}

/** What `deploy/` gives an agent, and no more. */
function agentRole(): KubeObject[] {
  const text = readFileSync(join(import.meta.dirname, '../../../../deploy/base/agent-rbac.yaml'), 'utf8');
  const objects = parseAllDocuments(text).map((document) => document.toJS() as KubeObject);
  return objects.filter(({ kind = '' }) => kind.startsWith('ClusterRole'));
}

function resourceOf({ kind = '' }: KubeObject): Resource {
  const plural = `${kind.toLowerCase()}s`;
  return { group: 'rbac.authorization.k8s.io', version: 'v1', plural, kind, namespaced: false };
}

async function writeMachineConfig(client: KubeClient, name: string, text: string, path = '/etc/a'): Promise<void> {
  const source = `data:,${encodeURIComponent(text)}`;
  const config = { ignition: { version: '3.5.0' }, storage: { files: [{ path, contents: { source } }] } };
  const resource = {
    group: 'machineconfiguration.openshift.io',
    version: 'v1',
    plural: 'machineconfigs',
    kind: 'MachineConfig',
    namespaced: false,
  };
  await client.create(resource, { metadata: { name }, spec: { config } } as KubeObject);
}

async function annotationsOf(client: KubeClient): Promise<Readonly<Record<string, string>>> {
  return (await client.get(nodes, { name: 'n1' })).metadata.annotations ?? {};
}
