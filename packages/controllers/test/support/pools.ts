import { valueAt } from '@pullpath/api';
import { events, type KubeClient, type KubeObject } from '@pullpath/kube-client';
import { isUnavailable, type NodeFile, nodeAnnotations, readNodeState } from '@pullpath/pull-config';
import { onTestFinished } from 'vitest';
import { ApiCluster, type LiveObject } from '../../src/index.ts';
import { disruptionPolicy } from '../../src/openshift/disruption-policy/index.ts';
import { machineConfigPool } from '../../src/openshift/machine-config-pool/index.ts';
import { machineConfigPools } from '../../src/openshift/resources.ts';
import { ruleStatus } from '../../src/openshift/rule-status/index.ts';
import { digestMirrorSets, machineConfigs, nodes, tagMirrorSets } from '../../src/resources.ts';
import { drain } from '../../src/rollout/index.ts';
import { eventually, find, startControlPlane, type TestControlPlane } from './control-plane.ts';
import { type FakeAgents, startFakeAgents } from './fake-agents.ts';
import { put, type Rule } from './fixtures.ts';

/** A cluster with pools `master` and `worker`, the controllers that serve them, and an agent for each Node. */
export interface TestPools {
  readonly plane: TestControlPlane;
  readonly client: KubeClient;
  readonly agents: FakeAgents;
}

export async function startPools(
  workers: readonly string[],
  pools: readonly string[] = ['worker'],
  settleMs: number = 100,
): Promise<TestPools> {
  const definitions = [machineConfigPool, disruptionPolicy, ruleStatus, drain];
  const plane = await startControlPlane({ definitions, guestApis: false, settings: { settleMs } });
  const client = plane.client();
  for (const name of workers) await putNode(client, name, { 'node-role.kubernetes.io/worker': '' });
  for (const name of pools) await putPool(client, name);
  const agents = startFakeAgents(plane.client(), (error) => void plane.faults.push(error));
  return { plane, client, agents };
}

/** A Node that is ready. */
export async function putNode(client: KubeClient, name: string, labels: Record<string, string> = {}): Promise<void> {
  await client.create(nodes.resource, { metadata: { name, labels } } as never);
  const status = { conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: '' }] };
  await client.patch(nodes.resource, { name }, 'strategic', { status }, { subresource: 'status' });
  await client.patch(nodes.resource, { name }, 'merge', { spec: { taints: null } });
}

const role = 'machineconfiguration.openshift.io/role';

/** A pool of nodes with its role; a custom one takes what worker has too. */
export async function putPool(client: KubeClient, name: string, spec: object = {}, annotations = {}): Promise<void> {
  const values = ['master', 'worker'].includes(name) ? [name] : ['worker', name];
  await put(client, machineConfigPools, {
    metadata: { name, annotations },
    spec: {
      machineConfigSelector: { matchExpressions: [{ key: role, operator: 'In', values }] },
      nodeSelector: { matchLabels: { [`node-role.kubernetes.io/${name}`]: '' } },
      ...spec,
    },
  });
}

export async function putDigestMirrors(
  client: KubeClient,
  name: string,
  ...rules: readonly Rule[]
): Promise<LiveObject> {
  return put(client, digestMirrorSets, { metadata: { name }, spec: { imageDigestMirrors: rules } });
}

export async function putTagMirrors(client: KubeClient, name: string, ...rules: readonly Rule[]): Promise<LiveObject> {
  return put(client, tagMirrorSets, { metadata: { name }, spec: { imageTagMirrors: rules } });
}

export async function poolNamed(client: KubeClient, name: string): Promise<LiveObject | undefined> {
  return find(client, machineConfigPools, { name });
}

export function conditionOf(object: LiveObject | undefined, type: string): KubeObject | undefined {
  const conditions = valueAt(object, ['status', 'conditions']);
  return Array.isArray(conditions) ? conditions.find((condition) => condition.type === type) : undefined;
}

/** Waits until every node of a pool has a configuration for which the check holds. Gives the pool. */
export async function updated(
  { client, plane }: TestPools,
  name: string,
  holds: (config: LiveObject) => boolean = () => true,
): Promise<LiveObject> {
  return eventually(async () => {
    const pool = await poolNamed(client, name);
    const config = valueAt(pool, ['status', 'configuration', 'name']);
    if (!pool || valueAt(conditionOf(pool, 'Updated'), ['status']) !== 'True') return undefined;
    if (config !== valueAt(pool, ['spec', 'configuration', 'name'])) return undefined;
    const rendered = await find(client, machineConfigs, { name: String(config) });
    return rendered && holds(rendered) ? pool : undefined;
  }).catch((error: unknown) => {
    throw new Error(`${name} is not updated; faults: ${plane.faults.join(', ')}`, { cause: error });
  });
}

/**
 * Waits until neither controllers nor agents have had anything to do for a while, longer than a burst of edits settles. It
 * counts turns and not time alone: a busy machine slows all of it.
 */
export async function quiet({ plane, agents }: TestPools): Promise<void> {
  for (let turns = 0; turns < quietTurns; turns++) {
    await new Promise((resolve) => setTimeout(resolve, turnMs));
    if (plane.writes().length > 0 || !plane.isIdle || !agents.isIdle()) turns = 0;
  }
}

const turnMs = 20;
const quietTurns = 25;

/** Whether a configuration has a file, with a text in it if one is given. */
export function hasFile(path: string, text = ''): (config: LiveObject) => boolean {
  return (config) => {
    const files = valueAt(config, ['spec', 'config', 'storage', 'files']);
    const file = (Array.isArray(files) ? files : []).find((each) => each.path === path);
    return file !== undefined && Buffer.from(String(file.contents.source).split(',')[1] ?? '', 'base64').includes(text);
  };
}

export function fileAt(files: readonly NodeFile[], path: string): string | undefined {
  return files.find((file) => file.path === path)?.contents;
}

export async function nodeNamed(client: KubeClient, name: string): Promise<LiveObject | undefined> {
  return find(client, nodes, { name });
}

export async function annotate(
  client: KubeClient,
  pool: string,
  annotations: Record<string, string | null>,
): Promise<void> {
  await client.patch(machineConfigPools.resource, { name: pool }, 'merge', { metadata: { annotations } });
}

/** Events on an object, as `reason: message`. */
export async function eventsOn(client: KubeClient, kind: string, name: string): Promise<readonly string[]> {
  const { items } = await client.list(events);
  return items
    .filter(({ involvedObject }) => involvedObject?.kind === kind && involvedObject.name === name)
    .map(({ reason, message }) => `${reason}: ${message}`);
}

/** Counts at every change of a Node how many of them are out of work for an update, and keeps the largest number. */
export function mostOutOfWork(plane: TestControlPlane): { readonly most: () => number; readonly order: string[] } {
  const ending = new AbortController();
  const report = (error: unknown): void => void plane.faults.push(error);
  const api = new ApiCluster({ name: '', client: plane.client(), component: 'test', instance: 'test', report });
  const { store } = api.watch(nodes);
  const order: string[] = [];
  let most = 0;
  store.onChange(({ object }) => {
    // A node that an administrator has cordoned is no doing of ours.
    const states = store.list().map((node) => ({ ...readNodeState(node as never), ready: true }));
    most = Math.max(most, states.filter((node) => node.desiredConfig !== '' && isUnavailable(node)).length);
    const told = object.metadata.annotations?.[nodeAnnotations.desiredConfig];
    const entry = `${object.metadata.name} ${told}`;
    if (told !== undefined && !order.includes(entry)) order.push(entry);
  });
  const ended = api.run(ending.signal);
  onTestFinished(async () => {
    ending.abort();
    await ended;
  });
  return { most: () => most, order };
}
