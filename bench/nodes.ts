import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds } from '@pullpath/api';
import { inProcess, openServer } from '@pullpath/apiserver';
import { KubeClient, type KubeObject, type Resource } from '@pullpath/kube-client';
import { SimulatedMachines } from '@pullpath/node-agent';
import { ignitionConfig } from '@pullpath/pull-config';
import type { Bench, BenchLine } from './bench.ts';

const count = 5_000;
const pools = 50;
const names = Array.from({ length: count }, (_, index) => `node-${index}`);

/** Simulated nodes with a real agent each: their start, a change of all of them at once, and the next start of the process. */
export const nodes: Bench = {
  name: 'nodes',
  async run() {
    const directory = mkdtempSync(join(tmpdir(), 'pullpath-bench-'));
    const server = await openServer({
      dataDir: join(directory, 'data'),
      host: '127.0.0.1',
      port: 0,
      kinds: kinds.filter(({ group }) => group === machineConfigs.group),
      report: console.error,
    });
    const client = new KubeClient({ transport: inProcess(server.api) });
    const lines = await measure(client, join(directory, 'nodes'));
    await server.close();
    rmSync(directory, { recursive: true });
    return lines;
  },
};

async function measure(client: KubeClient, directory: string): Promise<BenchLine[]> {
  const first = start(client, directory);
  const join = await timed(async () => {
    for (const [index, name] of names.entries())
      await first.machines.createManagementMachine({ name, pool: `pool-${index % pools}` });
    await until(() => first.machines.statuses().size === count);
  });
  await writeConfig(client, 'one', 50);
  await writeConfig(client, 'two', 60);
  await change(client, first.machines, 'one');
  const changed = await timed(() => change(client, first.machines, 'two'));
  await first.end();
  const raw = await timed(() => patchAll(client, 5));
  const writes = writesOf(client);
  const again = start(client, directory);
  const restart = await timed(() => until(() => again.machines.statuses().size === count));
  await again.end();
  const patches = { name: '5 bare patches of each Node', value: raw };
  return [
    { what: `${count} simulated nodes boot and join`, value: join, unit: 'ms' },
    {
      what: `${count} nodes take a change, all at once`,
      value: changed,
      unit: 'ms',
      peer: patches,
    },
    { what: `${count} nodes in the next process, ${writesOf(client) - writes} writes`, value: restart, unit: 'ms' },
  ];
}

function start(management: KubeClient, directory: string) {
  const stop = new AbortController();
  const machines = new SimulatedMachines({ directory, management, guest: () => undefined, report: console.error });
  const ended = machines.run(stop.signal);
  const end = async (): Promise<void> => {
    stop.abort();
    await ended;
  };
  return { machines, end };
}

async function change(client: KubeClient, machines: SimulatedMachines, config: string): Promise<void> {
  await annotateAll(client, { 'machineconfiguration.openshift.io/desiredConfig': config });
  await until(() => [...machines.statuses().values()].every((of) => of.config === config && of.state === 'Done'));
}

async function patchAll(client: KubeClient, times: number): Promise<void> {
  for (let time = 0; time < times; time++) await annotateAll(client, { 'pullpath.dev/bench': String(time) });
}

async function annotateAll(client: KubeClient, annotations: Readonly<Record<string, string>>): Promise<void> {
  const patch = { metadata: { annotations } };
  await Promise.all(names.map((name) => client.patch(nodeResource, { name }, 'merge', patch)));
}

async function writeConfig(client: KubeClient, name: string, mirrors: number): Promise<void> {
  const rows = Array.from({ length: mirrors }, (_, index) => registry(`quay.io/ns${index}`, `m.example/ns${index}`));
  const contents = ['unqualified-search-registries = ["registry.access.redhat.com", "docker.io"]\n', ...rows].join(
    '\n',
  );
  const config = ignitionConfig([{ path: '/etc/containers/registries.conf', mode: 0o644, contents }]);
  await client.create(machineConfigs, { metadata: { name }, spec: { config } } as KubeObject);
}

function registry(location: string, mirror: string): string {
  return `[[registry]]\n  location = "${location}"\n  [[registry.mirror]]\n    location = "${mirror}"\n    pull-from-mirror = "digest-only"\n`;
}

function writesOf(client: KubeClient): number {
  const writes = client.metrics().filter(({ verb }) => ['create', 'patch', 'update', 'delete'].includes(verb));
  return writes.reduce((sum, { count: of }) => sum + of, 0);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 50));
}

const nodeResource: Resource = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };
const machineConfigs: Resource = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  plural: 'machineconfigs',
  kind: 'MachineConfig',
  namespaced: false,
};
