import { compileNodeConfig, renderNodeFiles } from '@pullpath/pull-config';
import { type Bench, type BenchLine, median, timed } from './bench.ts';
import { mirrorSetText, objectsOf, rulesOf } from './manifests.ts';

const sizes = [1000, 10_000, 50_000];

/** Rules to files. machine-config-operator's own Go code takes 11 ms for 1,000 sources and 1.1 s for 10,000. */
export const compile: Bench = {
  name: 'compile',
  async run() {
    const times = sizes.map((size) => ({ size, ms: median(measure(size)) }));
    return times.flatMap(({ size, ms }, index) => [wholeLine(size, ms), ...perSourceLine(size, ms, times[index - 1])]);
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

// Flat but for the logarithm of sorting and for the garbage collector, which copies what stays alive: a quadratic step
// would make it five. Below 10,000 sources the figure is noise.
function perSourceLine(size: number, ms: number, earlier: { size: number; ms: number } | undefined): BenchLine[] {
  if (earlier === undefined) return [];
  return [
    {
      what: '  the same for each source',
      value: (ms / size) * 1000,
      unit: 'µs',
      peer: { name: `of ${earlier.size.toLocaleString('en')}`, value: (earlier.ms / earlier.size) * 1000 },
      goal: size > 10_000 ? { of: 'ratio', at: 'most', limit: 3 } : undefined,
    },
  ];
}
