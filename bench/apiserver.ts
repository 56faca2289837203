import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKubernetes } from '@pullpath/testkit';
import { Load } from './apiserver/load.ts';
import { bundleServer, type MeasuredServer, startOurs, startReal } from './apiserver/servers.ts';
import { type Bench, type BenchLine, type Goal, median } from './bench.ts';

interface Figures {
  readonly startMs: number;
  readonly applies: number;
  readonly applyUs: number;
  readonly listMs: number;
  readonly deliveries: number;
  readonly deliveryUs: number;
  readonly emptyMiB: number;
  readonly fullMiB: number;
}

/** Our API server, with every commit on the disk, beside the real one, whose etcd does not wait for it. */
export const apiserver: Bench = {
  name: 'apiserver',
  async run() {
    const directory = mkdtempSync(join(tmpdir(), 'pullpath-bench-'));
    const bundle = await bundleServer(directory);
    const starts = await startTimes(bundle, 5);
    const ours = { ...(await figuresOf(await startOurs(bundle))), startMs: median(starts) };
    const programs = findKubernetes();
    const real = programs && (await figuresOf(await startReal(programs)));
    rmSync(directory, { recursive: true });
    return linesOf(ours, real);
  },
};

async function startTimes(bundle: string, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const server = await startOurs(bundle);
    times.push(server.startMs);
    await server.stop();
  }
  return times;
}

const [lists, watchers, changes, many] = [15, 1_000, 320, 10_000];
const [objects, rounds] = [1_000, 3];

async function figuresOf(server: MeasuredServer): Promise<Figures> {
  const load = new Load(server.access);
  const emptyMiB = server.memory();
  await load.install();
  await load.applies(200, 1);
  const applied = await withProcessor(server, async () => load.applies(objects, rounds));
  const listMs = median(await load.lists(lists, objects));
  await load.fill(many);
  const fullMiB = server.memory();
  const delivered = await withProcessor(server, async () => load.deliveries(watchers, changes));
  await load.close();
  await server.stop();
  return {
    startMs: server.startMs,
    applies: applied.value,
    applyUs: (applied.ms * 1000) / (objects * rounds),
    listMs,
    deliveries: delivered.value,
    deliveryUs: (delivered.ms * 1000) / (watchers * changes),
    emptyMiB,
    fullMiB,
  };
}

/** What a busy machine does not change: the processor time of the server meanwhile. */
async function withProcessor(
  server: MeasuredServer,
  work: () => Promise<number>,
): Promise<{ value: number; ms: number }> {
  const before = server.processorMs();
  const value = await work();
  return { value, ms: server.processorMs() - before };
}

function linesOf(ours: Figures, real: Figures | undefined): BenchLine[] {
  const line = (what: string, figure: keyof Figures, unit: BenchLine['unit'], goal?: Goal): BenchLine => ({
    what,
    unit,
    value: ours[figure],
    peer: real && { name: 'kube-apiserver', value: real[figure] },
    ...(goal && (real || goal.of === 'value') ? { goal } : {}),
  });
  return [
    line('API server from nothing until it is usable', 'startMs', 'ms', { of: 'value', at: 'most', limit: 1_000 }),
    line('validated server-side applies, 32 in flight', 'applies', '/s', { of: 'ratio', at: 'least', limit: 3 }),
    line('  processor time of one', 'applyUs', 'µs'),
    line('list 1,000 objects of 2.5 kB', 'listMs', 'ms', { of: 'ratio', at: 'most', limit: 1 }),
    line('events to 1,000 watches over TLS', 'deliveries', '/s', { of: 'value', at: 'least', limit: 150_000 }),
    line('  processor time of one', 'deliveryUs', 'µs'),
    line('memory of the empty API server', 'emptyMiB', 'MiB'),
    line('memory with 10,000 objects of 2 kB', 'fullMiB', 'MiB'),
  ];
}
