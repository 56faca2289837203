// npm run bench [-- NAME...]: medians and ratios, each against a goal or a peer of the same run. A missed goal is marked;
// it does not fail the command, because a busy machine is no defect.
import { cpus } from 'node:os';
import type { Bench, BenchLine, Goal } from './bench.ts';
import { compile } from './compile.ts';
import { load } from './load.ts';
import { plan } from './plan.ts';
import { processes } from './processes.ts';
import { resolve } from './resolve.ts';

const benches: readonly Bench[] = [compile, load, resolve, plan, processes];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(
    `no measurement is called ${unknown.join(', ')}; there are ${benches.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}
console.log(`Node ${process.versions.node} on ${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}, medians`);
for (const bench of benches) {
  if (wanted.length === 0 || wanted.includes(bench.name)) for (const line of await bench.run()) console.log(text(line));
}

function text({ what, value, unit, peer, goal }: BenchLine): string {
  const ratio = peer && value / peer.value;
  const compared = peer ? `${figure(ratio ?? 0)} x ${peer.name} (${amount(peer.value, unit)})` : '';
  return `${what.padEnd(52)} ${amount(value, unit).padStart(14)}  ${compared.padEnd(44)} ${goal ? verdict(goal, value, ratio) : ''}`.trimEnd();
}

function verdict({ of, at, limit }: Goal, value: number, ratio = 0): string {
  const held = of === 'value' ? value : ratio;
  const met = at === 'most' ? held <= limit : held >= limit;
  return `${met ? 'ok' : 'MISSED'}: at ${at} ${figure(limit)}${of === 'ratio' ? ' x' : ''}`;
}

function amount(value: number, unit: BenchLine['unit']): string {
  return unit === '/s' ? `${figure(value)}${unit}` : `${figure(value)} ${unit}`;
}

/** Three significant figures. */
function figure(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
