import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess, openServer } from '@pullpath/apiserver';
import { KubeClient, type Resource } from '@pullpath/kube-client';
import { type Bench, median } from './bench.ts';
import { startFleet } from './fan-out-fleet.ts';

const clusters = 1_000;
const rounds = 3;
/** Of one change to one cluster: its copy, its core ConfigMap, its status, and two objects inside it. */
const writesEach = 5;

/**
 * One change of the ConfigMap that 1,000 HostedClusters name, until every status and every hosted cluster has it. The peer is
 * what the same server takes for as many writes of ConfigMaps that nobody reacts to.
 */
export const fanOut: Bench = {
  name: 'fan-out',
  async run() {
    const raw = await rawWrites(clusters * writesEach);
    const fleet = await startFleet(clusters);
    const times: number[] = [];
    const writes: number[] = [];
    const processor: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      fleet.writes();
      const before = process.cpuUsage();
      const start = performance.now();
      await fleet.put(`mirror-${round}.example.com/quay`);
      await fleet.arrived();
      times.push(performance.now() - start);
      const { user, system } = process.cpuUsage(before);
      processor.push((user + system) / 1_000);
      writes.push(fleet.writes());
    }
    const memory = process.memoryUsage().rss / 2 ** 20;
    await fleet.stop();
    return [
      {
        what: 'a mirror ConfigMap to 1,000 HostedClusters',
        value: median(times),
        unit: 'ms',
        peer: { name: `${clusters * writesEach} plain writes`, value: raw },
        goal: { of: 'value', at: 'most', limit: 5_000 },
      },
      {
        what: 'writes of that change, events included',
        value: median(writes),
        unit: 'writes',
        goal: { of: 'value', at: 'most', limit: clusters * (writesEach + 1) + 1 },
      },
      // What a busy machine does not change.
      { what: 'processor time of that change', value: median(processor), unit: 'ms' },
      { what: 'memory of server, controllers and caches', value: memory, unit: 'MiB' },
    ];
  },
};

const configMaps: Resource = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true };

async function rawWrites(count: number): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pullpath-bench-'));
  const server = await openServer({
    dataDir,
    host: '127.0.0.1',
    port: 0,
    kinds: [],
    report: (error) => console.error(error),
  });
  const client = new KubeClient({ transport: inProcess(server.api) });
  const apply = async (name: string, value: string): Promise<unknown> =>
    client.apply(configMaps, { metadata: { namespace: 'default', name }, data: { value } } as never);
  const all = Array.from({ length: count }, (_, index) => `c${index % clusters}`);
  await Promise.all([...new Set(all)].map(async (name) => apply(name, 'first')));
  const start = performance.now();
  await Promise.all(all.map(async (name, index) => apply(name, String(index))));
  const time = performance.now() - start;
  await server.close();
  rmSync(dataDir, { recursive: true });
  return time;
}
