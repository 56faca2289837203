import { compileNodeConfig, type RuleSet, renderNodeFiles } from '@pullpath/pull-config';
import { type Bench, type BenchLine, median, timed, timedInTurn } from './bench.ts';
import { mirrorSetText, objectsOf, rulesOf } from './manifests.ts';

const sizes = [1000, 10_000, 50_000];
const part = 10_000;
const parts = 5;

/** Rules to files. machine-config-operator's own Go code takes 11 ms for 1,000 sources and 1.1 s for 10,000. */
export const compile: Bench = {
  name: 'compile',
  async run() {
    return [...sizes.map(wholeLine), flatLine()];
  },
};

function wholeLine(size: number): BenchLine {
  const rules = rulesWith(size);
  const value = median(timed(() => filesOf(rules), size > 20_000 ? 5 : 15));
  const goal = size === 10_000 ? ({ of: 'value', at: 'most', limit: 100 } as const) : undefined;
  return { what: `compile and render ${size.toLocaleString('en')} one-mirror sources`, value, unit: 'ms', goal };
}

// Five results of 10,000 sources that are all kept, and one of 50,000: as much to make and as much to keep, so the garbage
// collector, which copies what stays alive, costs both the same. What is left is the cost per source; a quadratic step
// would make it five.
function flatLine(): BenchLine {
  const small = Array.from({ length: parts }, () => rulesWith(part));
  const large = rulesWith(part * parts);
  const times = timedInTurn({ small: () => small.map(filesOf), large: () => filesOf(large) }, 9);
  const perSource = (ms: number): number => (ms / (part * parts)) * 1000;
  return {
    what: '  the same for each source',
    value: perSource(times.large),
    unit: 'µs',
    peer: { name: `${parts} x ${part.toLocaleString('en')} kept`, value: perSource(times.small) },
    goal: { of: 'ratio', at: 'most', limit: 1.2 },
  };
}

function rulesWith(size: number): RuleSet {
  return rulesOf(objectsOf(mirrorSetText(size)));
}

function filesOf(rules: RuleSet): unknown {
  const options = { dialect: '4.19', pool: 'worker' } as const;
  const { config } = compileNodeConfig(rules, options);
  if (config === undefined) throw new Error('the rules do not compile');
  return [config, renderNodeFiles(config, options)];
}
