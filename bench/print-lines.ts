// node bench/print-lines.ts NAME: one measurement in a process of its own.
import type { BenchLine, Goal } from './bench.ts';
import { benches } from './index.ts';

const bench = benches.find(({ name }) => name === process.argv[2]);
if (!bench) throw new Error(`no measurement is called ${process.argv[2]}`);
for (const line of await bench.run()) console.log(text(line));

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
