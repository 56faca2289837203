import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds } from '@pullpath/api';
import { inProcess, type OpenServer, openServer } from '@pullpath/apiserver';
import { ApiCluster, controllers, Guests, runControllers } from '@pullpath/controllers';
import { Informer, KubeClient, type KubeObject, type Resource, systemClock } from '@pullpath/kube-client';
import type { Bench, BenchLine } from './bench.ts';

const count = 5_000;
const pools = Array.from({ length: 50 }, (_, index) => (index === 0 ? 'worker' : `pool-${index}`));
const names = Array.from({ length: count }, (_, index) => `node-${index}`);
/** Each node is tainted, told and reports. */
const writesPerNode = 3;

/** The controllers of pools alone: a mirror set to the nodes of all pools, whose agents take what they are told at once. */
export const rollout: Bench = {
  name: 'rollout',
  async run() {
    const directory = mkdtempSync(join(tmpdir(), 'pullpath-bench-'));
    const stored = kinds.filter(({ group }) => group.endsWith('openshift.io') && group !== 'mirror.openshift.io');
    const server = await openServer({
      dataDir: directory,
      host: '127.0.0.1',
      port: 0,
      kinds: stored,
      report: console.error,
    });
    const lines = await measure(server);
    await server.close();
    rmSync(directory, { recursive: true });
    return lines;
  },
};

async function measure(server: OpenServer): Promise<BenchLine[]> {
  const client = new KubeClient({ transport: inProcess(server.api) });
  await createCluster(client);
  const agents = startAgents(new KubeClient({ transport: inProcess(server.api) }));
  const first = startControllers(server);
  const poolStatus = follow(client, machineConfigPools);
  const start = await timed(() => until(() => areUpdated(poolStatus.informer, '')));
  const before = targetsOf(poolStatus.informer).join();
  first.written();
  await client.apply(digestMirrorSets, mirrorSet('one'));
  const changed = await timed(() => until(() => areUpdated(poolStatus.informer, before)));
  const writes = first.written();
  await first.end();
  const raw = await timed(() => patchAll(client, writesPerNode));
  const second = startControllers(server);
  const again = await timed(() => until(second.isIdle));
  const spurious = second.written();
  await second.end();
  await Promise.all([agents.end(), poolStatus.end()]);
  const peer = { name: `${writesPerNode} bare patches of each Node`, value: raw };
  return [
    { what: `${count} nodes in ${pools.length} pools get their first configuration`, value: start, unit: 'ms' },
    { what: 'a mirror set reaches them all', value: changed, unit: 'ms', peer },
    { what: 'writes of controllers for that', value: writes, unit: 'writes' },
    { what: 'the next start of the controllers until nothing is to be done', value: again, unit: 'ms' },
    {
      what: 'writes after the next start',
      value: spurious,
      unit: 'writes',
      goal: { of: 'value', at: 'most', limit: 0 },
    },
  ];
}

const role = 'machineconfiguration.openshift.io/role';
const roleLabel = (pool: string): string => `node-role.kubernetes.io/${pool}`;

async function createCluster(client: KubeClient): Promise<void> {
  for (const name of pools) {
    const machineConfigSelector = { matchExpressions: [{ key: role, operator: 'In', values: ['worker', name] }] };
    const nodeSelector = { matchLabels: { [roleLabel(name)]: '' } };
    const spec = { machineConfigSelector, nodeSelector, maxUnavailable: '25%' };
    await client.create(machineConfigPools, { metadata: { name }, spec } as KubeObject);
  }
  await Promise.all(
    names.map(async (name, index) => {
      const labels = { [roleLabel('worker')]: '', [roleLabel(pools[index % pools.length] ?? '')]: '' };
      await client.create(nodes, { metadata: { name, labels } });
      const status = { conditions: [{ type: 'Ready', status: 'True' }] };
      await client.patch(nodes, { name }, 'merge', { status }, { subresource: 'status' });
      await client.patch(nodes, { name }, 'merge', { spec: { taints: null } });
    }),
  );
}

function startControllers(server: OpenServer) {
  const stop = new AbortController();
  const counted = { writes: 0 };
  const transport = inProcess(server.api);
  const client = new KubeClient({
    transport: {
      ...transport,
      send: (request) => {
        if (request.method !== 'GET') counted.writes++;
        return transport.send(request);
      },
    },
  });
  const common = { component: 'bench', instance: 'bench', report: console.error };
  const management = new ApiCluster({ ...common, name: '', client });
  const guests = new Guests({ ...common, management, connect: () => Promise.reject(new Error('there is no guest')) });
  const context = { management, guests, clock: systemClock, report: console.error, settings: {} };
  const chosen = controllers.filter(({ name }) => ['machine-config-pool', 'drain'].includes(name));
  const running = runControllers(chosen, context, stop.signal);
  const queues = (): readonly { readonly adds: number; readonly depth: number; readonly work: number }[] =>
    [...running.controllers.values()].map((controller) => {
      const { queue, reconcile } = controller.metrics();
      const done = reconcile.success + reconcile.requeue + reconcile.error;
      return { adds: queue.adds, depth: queue.depth, work: done };
    });
  return {
    written: (): number => {
      const { writes } = counted;
      counted.writes = 0;
      return writes;
    },
    isIdle: (): boolean =>
      management.isSynced && queues().every(({ adds, depth, work }) => adds > 0 && depth === 0 && work >= adds),
    end: async (): Promise<void> => {
      stop.abort();
      await running.ended;
    },
  };
}

const prefix = 'machineconfiguration.openshift.io';

/** Agents that take what they are told at once. */
function startAgents(client: KubeClient) {
  const { informer, end } = follow(client, nodes);
  informer.store.onChange(({ type, object }) => {
    const { name = '', annotations = {} } = object.metadata;
    const desired = annotations[`${prefix}/desiredConfig`];
    if (type === 'deleted' || desired === undefined || desired === annotations[`${prefix}/currentConfig`]) return;
    const report = { [`${prefix}/currentConfig`]: desired, [`${prefix}/state`]: 'Done' };
    client.patch(nodes, { name }, 'merge', { metadata: { annotations: report } }).catch(console.error);
  });
  return { end };
}

function follow(client: KubeClient, resource: Resource) {
  const stop = new AbortController();
  const informer = new Informer({ client, resource, report: console.error });
  const running = informer.run(stop.signal);
  const end = async (): Promise<void> => {
    stop.abort();
    await running;
  };
  return { informer, end };
}

interface Pool extends KubeObject {
  readonly spec?: { readonly configuration?: { readonly name?: string } };
  readonly status?: { readonly configuration?: { readonly name?: string }; readonly updatedMachineCount?: number };
}

function areUpdated({ store }: Informer<KubeObject>, before: string): boolean {
  const all = store.list() as readonly Pool[];
  const isUpdated = ({ spec, status }: Pool): boolean =>
    spec?.configuration?.name !== undefined &&
    spec.configuration.name === status?.configuration?.name &&
    status.updatedMachineCount === count / pools.length &&
    !before.includes(spec.configuration.name);
  return all.length === pools.length && all.every(isUpdated);
}

function targetsOf({ store }: Informer<KubeObject>): readonly string[] {
  return (store.list() as readonly Pool[]).map(({ spec }) => spec?.configuration?.name ?? '');
}

async function patchAll(client: KubeClient, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    const patch = { metadata: { annotations: { 'pullpath.dev/bench': String(time) } } };
    await Promise.all(names.map((name) => client.patch(nodes, { name }, 'merge', patch)));
  }
}

function mirrorSet(name: string) {
  const imageDigestMirrors = [{ source: 'quay.io', mirrors: ['mirror.example.com/quay'] }];
  return { metadata: { name }, spec: { imageDigestMirrors } };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const nodes: Resource = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };
const machineConfigPools: Resource = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  plural: 'machineconfigpools',
  kind: 'MachineConfigPool',
  namespaced: false,
};
const digestMirrorSets: Resource = {
  group: 'config.openshift.io',
  version: 'v1',
  plural: 'imagedigestmirrorsets',
  kind: 'ImageDigestMirrorSet',
  namespaced: false,
};
