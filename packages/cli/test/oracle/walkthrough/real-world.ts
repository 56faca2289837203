import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type ControlPlane,
  createAuthority,
  freePorts,
  type KubernetesPrograms,
  kubeconfigOf,
  startControlPlane,
} from '@pullpath/testkit';
import { type Process, root, startPullpath } from './process.ts';
import type { World } from './world.ts';

const controllers = [
  'garbage-collector-controller',
  'namespace-controller',
  'disruption-controller',
  'serviceaccount-controller',
];

/**
 * The real kube-apiserver with its controller manager; operator and agents as processes of their own, with what `deploy/`
 * grants them and nothing else. Each hosted cluster is another kube-apiserver on the same etcd.
 */
export async function realWorld(programs: KubernetesPrograms): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-real-'));
  const control = await startControlPlane(programs, { controllers });
  const kubectl = kubectlOf(programs, control.kubeconfig);
  const nodes = join(directory, 'nodes');
  const processes: Process[] = [];
  const stopping = new AbortController();
  install(kubectl, nodes);
  processes.push(await startOperator(control, kubectl, directory, nodes));
  processes.push(...(await Promise.all(workers.map((name) => startAgent(control, kubectl, directory, nodes, name)))));
  const hosting = hostApis(control, kubectl, stopping.signal);
  return {
    directory,
    kubeconfig: control.kubeconfig,
    kubectl: programs.kubectl,
    nodes,
    output: () => processes.map((process) => process.output()).join('\n'),
    async stop() {
      stopping.abort();
      await hosting;
      await Promise.all(processes.map((process) => process.stop()));
      await control.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const workers = ['worker-0', 'worker-1', 'worker-2'];

type Kubectl = (args: readonly string[], input?: string) => string;

function kubectlOf({ kubectl: [program, ...first] }: KubernetesPrograms, kubeconfig: string): Kubectl {
  return (args, input = '') =>
    execFileSync(program, [...first, ...args], {
      input,
      encoding: 'utf8',
      env: { ...process.env, KUBECONFIG: kubeconfig },
    });
}

const base = `unqualified-search-registries = ['registry.access.redhat.com', 'docker.io']\n`;

/** What an installer does: deploy/ without its pods, the pools, and machines that have joined. */
function install(kubectl: Kubectl, nodes: string): void {
  kubectl(['apply', '--server-side', '-k', join(root, 'deploy/base')]);
  kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
  kubectl(
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...installed, ...workers.map(nodeOf)] }),
  );
  for (const name of workers) {
    kubectl(['patch', 'node', name, '--subresource=status', '-p', ready]);
    const path = join(nodes, 'management', name, 'etc/containers/registries.conf');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, base);
  }
}

const ready = JSON.stringify({ status: { conditions: [{ type: 'Ready', status: 'True' }] } });

const installed = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'openshift-config' } },
  { apiVersion: 'config.openshift.io/v1', kind: 'Image', metadata: { name: 'cluster' }, spec: {} },
  ...['master', 'worker'].map((name) => ({
    apiVersion: 'machineconfiguration.openshift.io/v1',
    kind: 'MachineConfigPool',
    metadata: { name, labels: { 'machineconfiguration.openshift.io/mco-built-in': '' } },
    spec: {
      machineConfigSelector: { matchLabels: { 'machineconfiguration.openshift.io/role': name } },
      nodeSelector: { matchLabels: { [`node-role.kubernetes.io/${name}`]: '' } },
    },
  })),
];

function nodeOf(name: string): object {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { 'node-role.kubernetes.io/worker': '' } } };
}

async function startOperator(
  control: ControlPlane,
  kubectl: Kubectl,
  directory: string,
  nodes: string,
): Promise<Process> {
  const kubeconfig = kubeconfigOfAccount(control, kubectl, directory, 'pullpath-operator', []);
  const authority = createAuthority();
  const { certificate, key } = authority.issue(['127.0.0.1']);
  const [port = 0] = await freePorts(1);
  const file = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text, { mode: 0o600 });
    return join(directory, name);
  };
  const ignition = {
    '--ignition-listen': `127.0.0.1:${port}`,
    '--ignition-url': `https://127.0.0.1:${port}/ignition`,
    '--ignition-cert': file('ignition.crt', certificate),
    '--ignition-key': file('ignition.key', key),
    '--ignition-ca': file('ignition-ca.crt', authority.certificate),
  };
  const args = [
    'operator',
    '--kubeconfig',
    kubeconfig,
    '--leader-elect',
    '--node-root',
    nodes,
    ...Object.entries(ignition).flat(),
  ];
  return startPullpath(args, /working on/);
}

function startAgent(
  control: ControlPlane,
  kubectl: Kubectl,
  directory: string,
  nodes: string,
  node: string,
): Promise<Process> {
  const kubeconfig = kubeconfigOfAccount(control, kubectl, directory, 'pullpath-agent', boundTo(kubectl, node));
  const args = ['agent', '--kubeconfig', kubeconfig, '--node', node, '--root', join(nodes, 'management', node)];
  return startPullpath(args, /./);
}

// A token that a pod has says on which node it runs, which the policy of deploy/ asks for.
function boundTo(kubectl: Kubectl, node: string): string[] {
  const name = `agent-on-${node}`;
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'pullpath', ownerReferences: [daemonSet(kubectl)] },
    spec: { nodeName: node, serviceAccountName: 'pullpath-agent', containers: [{ name: 'agent', image: 'pullpath' }] },
  };
  kubectl(['apply', '-f', '-'], JSON.stringify(pod));
  return ['--bound-object-kind', 'Pod', '--bound-object-name', name];
}

function daemonSet(kubectl: Kubectl): object {
  const uid = kubectl(['get', 'daemonset', 'pullpath-agent', '-n', 'pullpath', '-o', 'jsonpath={.metadata.uid}']);
  return { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'pullpath-agent', uid, controller: true };
}

function kubeconfigOfAccount(
  { api }: ControlPlane,
  kubectl: Kubectl,
  directory: string,
  account: string,
  bound: readonly string[],
): string {
  const token = kubectl(['create', 'token', account, '-n', 'pullpath', '--duration', '2h', ...bound]).trim();
  const path = join(directory, `${account}-${bound.at(-1) ?? 'all'}.kubeconfig`);
  writeFileSync(path, kubeconfigOf({ ...api, token }), { mode: 0o600 });
  return path;
}

/** What hosts control planes elsewhere: each namespace of one gets an API server, and the Secret that reaches it. */
async function hostApis(control: ControlPlane, kubectl: Kubectl, signal: AbortSignal): Promise<void> {
  const hosted = new Set<string>();
  while (!signal.aborted) {
    const found = JSON.parse(kubectl(['get', 'hostedcontrolplanes', '-A', '-o', 'json'])).items as readonly Plane[];
    for (const { metadata } of found) {
      if (hosted.has(metadata.uid)) continue;
      hosted.add(metadata.uid);
      const { kubeconfig } = await control.addApi(`guest-${metadata.uid}`);
      const secret = ['create', 'secret', 'generic', 'admin-kubeconfig', '-n', metadata.namespace];
      kubectl([...secret, `--from-file=kubeconfig=${kubeconfig}`]);
    }
    await pause(300, undefined, { signal }).catch(() => undefined);
  }
}

interface Plane {
  readonly metadata: { readonly namespace: string; readonly uid: string };
}
