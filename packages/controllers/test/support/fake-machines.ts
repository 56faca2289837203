import { isAlreadyExists, isNotFound, type KubeClient, type KubeObject, type Resource } from '@pullpath/kube-client';
import { ignitionAnswer, type TokenPayload } from '@pullpath/pull-config';
import type { Machine, MachineProvider } from '../../src/index.ts';
import { nodes } from '../../src/resources.ts';

const secrets: Resource<KubeObject & { data: Record<string, string> }> = {
  group: '',
  version: 'v1',
  plural: 'secrets',
  kind: 'Secret',
  namespaced: true,
};

export interface FakeMachines extends MachineProvider {
  readonly created: Machine[];
  readonly removed: string[];
}

/**
 * Machines that become Nodes at once, with the configuration that their user data names. One whose payload could not be made
 * never joins, as a real one would ask the endpoint for ever.
 */
export function fakeMachines(management: () => KubeClient, guest: (namespace: string) => KubeClient): FakeMachines {
  const there = new Set<string>();
  const created: Machine[] = [];
  const removed: string[] = [];
  return {
    created,
    removed,
    async create(machine) {
      const key = `${machine.namespace}/${machine.name}`;
      if (there.has(key)) return;
      const config = await bootConfig(management(), machine);
      there.add(key);
      created.push(machine);
      if (config !== undefined) await join(guest(machine.namespace), machine, config);
    },
    remove({ namespace, name }) {
      if (there.delete(`${namespace}/${name}`)) removed.push(name);
      return Promise.resolve();
    },
  };
}

async function bootConfig(client: KubeClient, { namespace, userData, nodePool }: Machine): Promise<string | undefined> {
  const stub = JSON.parse(await secretText(client, namespace, userData, 'value'));
  const [source] = stub.ignition.config.merge;
  const header = (name: string): string =>
    source.httpHeaders.find((each: { name: string }) => each.name === name).value;
  const hash = header('TargetConfigVersionHash');
  const pool = nodePool.split('/').at(-1) ?? '';
  const { items } = await client.list(secrets, { namespace });
  const token = items.find(({ metadata }) => metadata.name === `token-${pool}-${hash}`);
  const text = (key: string): string => Buffer.from(token?.data[key] ?? '', 'base64').toString();
  const lookUp = (asked: string): TokenPayload | undefined =>
    asked === text('token') ? { nodePool, isExpired: false, payload: text('payload') || undefined } : undefined;
  const headers = { authorization: header('Authorization') };
  const { status } = ignitionAnswer({ method: 'GET', path: new URL(source.source).pathname, headers }, lookUp);
  return status === 200 ? `rendered-${pool}-${hash}` : undefined;
}

async function secretText(client: KubeClient, namespace: string, name: string, key: string): Promise<string> {
  const { data } = await client.get(secrets, { namespace, name });
  return Buffer.from(data[key] ?? '', 'base64').toString();
}

async function join(client: KubeClient, { name, labels }: Machine, config: string): Promise<void> {
  const annotations = {
    'machineconfiguration.openshift.io/currentConfig': config,
    'machineconfiguration.openshift.io/desiredConfig': config,
    'machineconfiguration.openshift.io/state': 'Done',
  };
  try {
    await client.create(nodes.resource, { metadata: { name, labels, annotations } } as never);
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
  const status = { conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: '' }] };
  await client.patch(nodes.resource, { name }, 'strategic', { status }, { subresource: 'status' });
  await client.patch(nodes.resource, { name }, 'merge', { spec: { taints: null } });
}

/**
 * What drain controller and agents do, for every Node of a hosted cluster: drains hold at once, configurations are taken. True
 * when there was something to do.
 */
export async function actForNodes(client: KubeClient): Promise<boolean> {
  const prefix = 'machineconfiguration.openshift.io';
  const { items } = await client.list(nodes.resource);
  let acted = false;
  for (const { metadata } of items) {
    const annotations = metadata.annotations ?? {};
    const next: Record<string, string> = {};
    const drain = annotations[`${prefix}/desiredDrain`];
    if (drain !== annotations[`${prefix}/lastAppliedDrain`]) next[`${prefix}/lastAppliedDrain`] = drain ?? '';
    const desired = annotations[`${prefix}/desiredConfig`];
    if (desired !== annotations[`${prefix}/currentConfig`] && annotations[`${prefix}/state`] !== 'Degraded')
      next[`${prefix}/currentConfig`] = desired ?? '';
    if (Object.keys(next).length === 0) continue;
    acted = true;
    try {
      await client.patch(nodes.resource, { name: metadata.name }, 'merge', { metadata: { annotations: next } });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return acted;
}
