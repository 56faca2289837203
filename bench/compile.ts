import { compileNodeConfig, renderNodeFiles } from '@pullpath/pull-config';
import { type Bench, type BenchLine, median, timed } from './bench.ts';
import { mirrorSetText, objectsOf, rulesOf } from './manifests.ts';

const sizes = [1000, 10_000, 50_000];

/** Rules to files. machine-config-operator's own Go code takes 11 ms for 1,000 sources and 1.1 s for 10,000. */
export const compile: Bench = {
  name: 'compile',
  async run() {
    const times = sizes.map((size) => ({ size, ms: median(measure(size)) }));
    const [first] = times;
    return times.flatMap(({ size, ms }) => [wholeLine(size, ms), ...perSourceLine(size, ms, first)]);
  },
};

function measure(size: number): number[] {
  const rules = rulesOf(objectsOf(mirrorSetText(size)));
  const options = { dialect: '4.19', pool: 'worker' } as const;
  return timed(
    () => {
      const { config } = compileNodeConfig(rules, options);
      if (config === undefined) throw new Error('the rules do not compile');
      return renderNodeFiles(config, options);
    },
    size > 20_000 ? 5 : 15,
  );
}

function wholeLine(size: number, ms: number): BenchLine {
  const goal = size === 10_000 ? ({ of: 'value', at: 'most', limit: 100 } as const) : undefined;
  return { what: `compile and render ${size.toLocaleString('en')} one-mirror sources`, value: ms, unit: 'ms', goal };
}

// Flat up to the caches of the machine: 50 times the sources may cost each of them twice the time, not 50 times.
function perSourceLine(size: number, ms: number, first: { size: number; ms: number } | undefined): BenchLine[] {
  if (first === undefined || size === first.size) return [];
  return [
    {
      what: '  the same for each source',
      value: (ms / size) * 1000,
      unit: 'µs',
      peer: { name: `of ${first.size.toLocaleString('en')}`, value: (first.ms / first.size) * 1000 },
      goal: { of: 'ratio', at: 'most', limit: 2 },
    },
  ];
}
