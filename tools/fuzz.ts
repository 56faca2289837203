// npm run fuzz [-- TARGET...] [--count N] [--seconds N] [--seed N]: generated inputs through every parser of untrusted
// text, 1,000,000 each unless said otherwise. A failure is printed with the seed that makes it again: --count 1 --seed N.
import { parseArgs } from 'node:util';
import { type FuzzMeasurement, type FuzzTarget, fuzzTargets, measureTarget } from '@pullpath/testkit';

/** Milliseconds that one input may take, and bytes that the heap may grow while 90 % of the inputs pass. */
const slowest = 50;
const mostGrowth = 8 * 2 ** 20;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: '1' },
  },
});
const unknown = positionals.filter((name) => !fuzzTargets.some((target) => target.name === name));
if (unknown.length > 0) {
  console.error(
    `no target is called ${unknown.join(', ')}; there are ${fuzzTargets.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}
const budget = { count: Number(values.count), seconds: Number(values.seconds), seed: Number(values.seed), slowest };
const chosen = fuzzTargets.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const sound = chosen.map((target) => report(target, measureTarget(target, budget)));
process.exitCode = sound.every(Boolean) ? 0 : 1;

/** Prints what was found; true when nothing was. */
function report({ name }: FuzzTarget, { inputs, failures, slow, slowestMs, heapGrowth }: FuzzMeasurement): boolean {
  const grew = heapGrowth > mostGrowth;
  const sound = failures.length === 0 && slow.length === 0 && !grew;
  console.log(
    `${name.padEnd(16)} ${inputs.toLocaleString('en').padStart(10)} inputs, slowest ${slowestMs.toFixed(1).padStart(6)} ms, ` +
      `heap ${(heapGrowth / 2 ** 20).toFixed(1).padStart(5)} MiB: ${sound ? 'ok' : 'FAILED'}`,
  );
  for (const { seed, input, error } of failures)
    console.log(`  seed ${seed}: ${clipped(JSON.stringify(input))}\n    ${clipped(stackOf(error))}`);
  for (const { seed, ms } of slow) console.log(`  seed ${seed}: takes ${ms.toFixed(1)} ms every time`);
  if (grew) console.log(`  the heap grew by ${heapGrowth} bytes`);
  return sound;
}

function clipped(text: string): string {
  return text.length > 1500 ? `${text.slice(0, 1500)}…` : text;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 6).join('\n    ') : String(error);
}
