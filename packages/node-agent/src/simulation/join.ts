import { createHash } from 'node:crypto';
import { valueAt } from '@pullpath/api';
import { isNotFound, type KubeClient, type KubeObject, rfc3339 } from '@pullpath/kube-client';
import { briefly, nodes, oneTry } from '../agent/agent-api.ts';
import type { NodeRuntime } from '../config/effective-files.ts';
import { agentAnnotations } from '../steps/annotations.ts';

/** What a machine joins its cluster with. */
export interface Joining {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The configuration that it booted with; empty for none. */
  readonly config: string;
  readonly runtime: NodeRuntime;
  readonly bootId: string;
  readonly now: number;
}

/** Registers a machine as a Node that is ready. One that is there already is only made ready again where it is not. */
export async function joinCluster(client: KubeClient, joining: Joining): Promise<void> {
  const node = await getOrCreate(client, joining);
  const taints = valueAt(node, ['spec', 'taints']);
  const others = (Array.isArray(taints) ? taints : []).filter((taint) => valueAt(taint, ['key']) !== notReady);
  if (Array.isArray(taints) && others.length < taints.length)
    await client.patch(nodes, { name: joining.name }, 'merge', { spec: { taints: others } }, briefly);
  if (!isReady(node) || bootIdOf(node) !== joining.bootId) await setReady(client, joining, true);
}

/** Says whether the machine is up. */
export async function setReady(client: KubeClient, joining: Joining, ready: boolean): Promise<void> {
  const status = { conditions: conditions(joining, ready), nodeInfo: nodeInfo(joining) };
  await client.patch(nodes, { name: joining.name }, 'strategic', { status }, { ...briefly, subresource: 'status' });
}

// A Node waits with this taint until someone has seen it ready (admission plug-in TaintNodesByCondition).
const notReady = 'node.kubernetes.io/not-ready';

// Most machines that join are there from an earlier process, and to look costs the server nothing.
async function getOrCreate(client: KubeClient, joining: Joining): Promise<KubeObject> {
  try {
    return await client.get(nodes, { name: joining.name }, oneTry);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return client.create(nodes, nodeOf(joining), briefly);
  }
}

function nodeOf(joining: Joining): KubeObject & { readonly status: object } {
  const { name, labels, config } = joining;
  const { currentConfig, desiredConfig, state } = agentAnnotations;
  return {
    metadata: {
      name,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/os': 'linux',
        'kubernetes.io/hostname': name,
        ...labels,
      },
      ...(config === '' ? {} : { annotations: { [currentConfig]: config, [desiredConfig]: config, [state]: 'Done' } }),
    },
    status: {
      capacity: { cpu: '4', memory: '16Gi', 'ephemeral-storage': '100Gi', pods: '250' },
      addresses: [
        { type: 'InternalIP', address: addressOf(name) },
        { type: 'Hostname', address: name },
      ],
      conditions: conditions(joining, true),
      nodeInfo: nodeInfo(joining),
    },
  };
}

function conditions({ now }: Joining, ready: boolean): object[] {
  const time = { lastHeartbeatTime: rfc3339(now), lastTransitionTime: rfc3339(now) };
  const pressure = ['MemoryPressure', 'DiskPressure', 'PIDPressure'].map((type) => ({
    type,
    status: 'False',
    reason: `KubeletHasNo${type}`,
    message: `kubelet has no ${type}`,
    ...time,
  }));
  const why = ready
    ? { status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }
    : { status: 'False', reason: 'KubeletNotReady', message: 'the machine boots' };
  return [...pressure, { type: 'Ready', ...why, ...time }];
}

function nodeInfo({ name, runtime, bootId }: Joining): object {
  const id = createHash('sha256').update(name).digest('hex').slice(0, 32);
  return {
    architecture: 'amd64',
    bootID: bootId,
    containerRuntimeVersion: runtime === 'crio' ? 'cri-o://1.34.0' : 'containerd://2.1.4',
    kernelVersion: '5.14.0-simulated',
    kubeProxyVersion: '',
    kubeletVersion: 'v1.34.0',
    machineID: id,
    operatingSystem: 'linux',
    osImage: 'simulated node of pullpath',
    systemUUID: id,
  };
}

function addressOf(name: string): string {
  const [one = 0, two = 0, three = 0] = createHash('sha256').update(name).digest();
  return `10.${one}.${two}.${three}`;
}

function isReady(node: KubeObject): boolean {
  const found = valueAt(node, ['status', 'conditions']);
  const isTrue = (of: unknown): boolean => valueAt(of, ['type']) === 'Ready' && valueAt(of, ['status']) === 'True';
  return Array.isArray(found) && found.some(isTrue);
}

function bootIdOf(node: KubeObject): unknown {
  return valueAt(node, ['status', 'nodeInfo', 'bootID']);
}
