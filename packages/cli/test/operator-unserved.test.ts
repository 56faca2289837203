import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds } from '@pullpath/api';
import { inProcess, issueToken, openServer, rootCluster } from '@pullpath/apiserver';
import { KubeClient, type KubeObject, type Resource } from '@pullpath/kube-client';
import { expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isStored } from '../src/input/kind-named.ts';
import { folderWith, launcher } from './run-cli.ts';

const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1', namespaced: false };
const roles: Resource = { ...rbac, plural: 'clusterroles', kind: 'ClusterRole' };
const bindings: Resource = { ...rbac, plural: 'clusterrolebindings', kind: 'ClusterRoleBinding' };
const user = 'system:serviceaccount:pullpath:pullpath-operator';

interface Rule {
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
}
type Role = KubeObject & { readonly rules: readonly Rule[] };

test('a permission that is missing is told with verb and resource, and the work goes on once it is granted', {
  timeout: 120_000,
}, async () => {
  const { client, kubeconfig } = await serverFor(user);
  await client.create(roles, without('list', 'machineconfigpools'));
  await client.create(bindings, binding);
  const operator = start(kubeconfig);
  const says = (text: RegExp) => expect.poll(operator.output, { timeout: 30_000 }).toMatch(text);
  await says(/^error\[kube-status\]: list machineconfigpools: .*cannot list resource "machineconfigpools"/m);
  expect(operator.output()).not.toContain('cannot list resource "nodes"');
  await client.create(pools, pool);
  await client.patch(roles, { name: role.metadata.name }, 'merge', role);
  await expect.poll(async () => configOf(await client.get(pools, pool.metadata)), { timeout: 60_000 }).toBeDefined();
  expect(await operator.end()).toBe(0);
});

test('a server that is away is told in one line that names verb and resource, and the operator stays', {
  timeout: 60_000,
}, async () => {
  const clusters = [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }];
  const contexts = [{ name: 'x', context: { cluster: 'c', user: 'u' } }];
  const config = { clusters, contexts, users: [{ name: 'u', user: {} }], 'current-context': 'x' };
  const operator = start(join(folderWith({ kubeconfig: JSON.stringify(config) }), 'kubeconfig'));
  await expect.poll(operator.output, { timeout: 30_000 }).toMatch(/^error\[/m);
  const errors = operator.output().match(/^error.*$/gm);
  expect(errors).toEqual([expect.stringMatching(/: list \w+: 127\.0\.0\.1:1 cannot be reached: .*refused/)]);
  expect(await operator.end()).toBe(0);
});

const pools: Resource = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  plural: 'machineconfigpools',
  kind: 'MachineConfigPool',
  namespaced: false,
};

const pool = {
  metadata: { name: 'worker' },
  spec: {
    machineConfigSelector: { matchLabels: { 'machineconfiguration.openshift.io/role': 'worker' } },
    nodeSelector: { matchLabels: { 'node-role.kubernetes.io/worker': '' } },
  },
};

function configOf(object: KubeObject): unknown {
  return (object as { spec?: { configuration?: { name?: unknown } } }).spec?.configuration?.name;
}

/** What `deploy/` gives an operator. */
const role = parseAllDocuments(
  readFileSync(join(import.meta.dirname, '../../../deploy/base/operator-rbac.yaml'), 'utf8'),
)
  .map((document) => document.toJS() as Role)
  .find(({ kind }) => kind === 'ClusterRole') as Role;

const binding = {
  metadata: { name: 'pullpath-operator' },
  roleRef: { apiGroup: rbac.group, kind: 'ClusterRole', name: role.metadata.name },
  subjects: [{ kind: 'User', apiGroup: rbac.group, name: user }],
} as KubeObject;

/** The role, minus one verb on one resource. */
function without(verb: string, resource: string): Role {
  const rules = role.rules.flatMap((rule) => {
    if (!rule.resources?.includes(resource)) return [rule];
    const others = rule.resources.filter((each) => each !== resource);
    const rest = { ...rule, resources: [resource], verbs: rule.verbs.filter((each) => each !== verb) };
    return others.length > 0 ? [{ ...rule, resources: others }, rest] : [rest];
  });
  return { ...role, rules };
}

async function serverFor(name: string): Promise<{ readonly client: KubeClient; readonly kubeconfig: string }> {
  const report = (error: unknown): void => console.error(error);
  const stored = kinds.filter(isStored);
  const server = await openServer({ dataDir: folderWith({}), host: '127.0.0.1', port: 0, kinds: stored, report });
  onTestFinished(() => server.close());
  const config = JSON.parse(readFileSync(server.kubeconfig, 'utf8'));
  const token = await issueToken(server.api.rest.store, rootCluster, { name, groups: [] });
  const users = config.users.map((entry: { name: string }) => ({ name: entry.name, user: { token } }));
  const folder = folderWith({ kubeconfig: JSON.stringify({ ...config, users }) });
  return { client: new KubeClient({ transport: inProcess(server.api) }), kubeconfig: join(folder, 'kubeconfig') };
}

function start(kubeconfig: string): { readonly output: () => string; readonly end: () => Promise<number | null> } {
  const child: ChildProcess = spawn(launcher, ['operator', '--kubeconfig', kubeconfig], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const end = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return ended;
  };
  return { output: () => text, end };
}
