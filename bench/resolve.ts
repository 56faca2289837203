import {
  compileNodeConfig,
  loadRegistriesConf,
  prepareResolver,
  type Resolver,
  renderNodeFiles,
  resolvePull,
} from '@pullpath/pull-config';
import { findOracle, startOracle } from '@pullpath/testkit';
import { type Bench, type BenchLine, median, timed } from './bench.ts';
import { mirrorSetText, objectsOf, referencesInto, rulesOf } from './manifests.ts';

const entries = 10_000;
const references = 50_000;

/** References per second on a prepared configuration; the peer is containers/image on the same file, where it is built. */
export const resolve: Bench = {
  name: 'resolve',
  async run() {
    const small = referencesPerSecond(100);
    const large = referencesPerSecond(entries);
    const peer = { name: 'of 100 entries', value: small };
    return [
      {
        what: `resolve references on ${entries.toLocaleString('en')} entries`,
        value: large,
        unit: '/s',
        goal: { of: 'value', at: 'least', limit: 500_000 },
      },
      {
        what: '  the same against few entries',
        value: large,
        unit: '/s',
        peer,
        goal: { of: 'ratio', at: 'least', limit: 0.5 },
      },
      ...(await peerLines(large)),
    ];
  },
};

function referencesPerSecond(size: number): number {
  const resolver = resolverOf(confOf(size));
  const pulls = referencesInto(size, references);
  const ms = timed(() => pulls.forEach((image) => void resolvePull(resolver, image)), 15);
  return (references / median(ms)) * 1000;
}

function confOf(size: number): string {
  const options = { dialect: '4.19', pool: 'worker' } as const;
  const { config } = compileNodeConfig(rulesOf(objectsOf(mirrorSetText(size))), options);
  const file = config && renderNodeFiles(config, options).find(({ path }) => path.endsWith('/registries.conf'));
  if (file === undefined) throw new Error('the rules give no registries.conf');
  return file.contents;
}

function resolverOf(text: string): Resolver {
  const { value } = loadRegistriesConf({ file: 'registries.conf', text }, []);
  if (value === undefined) throw new Error('registries.conf does not load');
  return prepareResolver(value);
}

/** containers/image answers one question with and one without references; the difference is what the references cost. */
async function peerLines(ours: number): Promise<BenchLine[]> {
  const path = findOracle('containers-image');
  if (path === undefined) return [];
  const oracle = startOracle(path);
  try {
    const main = confOf(entries);
    const refs = referencesInto(entries, 2000);
    const times: { readonly empty: number; readonly full: number }[] = [];
    for (let round = 0; round < 3; round++) {
      times.push({
        empty: await elapsed(() => oracle.ask({ op: 'resolve', main, dropIns: {}, refs: [] })),
        full: await elapsed(() => oracle.ask({ op: 'resolve', main, dropIns: {}, refs })),
      });
    }
    const ms = median(times.map(({ empty, full }) => full - empty));
    const peer = { name: 'containers/image', value: (refs.length / ms) * 1000 };
    return [{ what: '  the same against the field', value: ours, unit: '/s', peer }];
  } finally {
    oracle.close();
  }
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
