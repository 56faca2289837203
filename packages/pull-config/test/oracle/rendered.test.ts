import { type Oracle, oracleOrSkip, startOracle } from '@pullpath/testkit';
import { test } from 'vitest';
import {
  compileNodeConfig,
  type Dialect,
  loadCompiledConf,
  loadRegistriesConf,
  type NodeConfig,
  registriesFiles,
} from '../../src/index.ts';
import { generatePull, generateRules } from './generated-compiled-rules.ts';
import { seeded } from './random.ts';
import { expectSamePulls } from './same-pulls.ts';

const pulls = 20_000;
const referencesEach = 20;
const dialects = ['4.12', '4.13', '4.19'] as const;

test('what is rendered means to containers/image what it means to us', { timeout: 300_000 }, async (context) => {
  const oracle = startOracle(oracleOrSkip(context, 'containers-image'));
  try {
    for (let seed = 0, compared = 0; compared < pulls; seed++) compared += await compare(oracle, seed);
  } finally {
    oracle.close();
  }
});

async function compare(oracle: Oracle, seed: number): Promise<number> {
  const random = seeded(seed);
  const dialect = random.pick(dialects);
  const { config } = compileNodeConfig(generateRules(random), { dialect, pool: 'worker' });
  if (!config?.registriesConf) return 0;
  const refs = Array.from({ length: referencesEach }, () => generatePull(random));
  const { main, dropIns, search } = textsOf(config, dialect);
  const conf = search ? { ...config.registriesConf, searchRegistries: search } : config.registriesConf;
  const files = Object.entries(dropIns).map(([file, text]) => ({ file, text }));
  const loaded = [loadRegistriesConf({ file: 'registries.conf', text: main }, files), loadCompiledConf(conf)];
  return expectSamePulls(oracle, { main, dropIns, refs }, loaded, `seed ${seed}`);
}

function textsOf(config: NodeConfig, dialect: Dialect) {
  const texts = registriesFiles(config, { dialect }).map(
    ({ path, contents }) => [path.split('/').at(-1)!, contents] as const,
  );
  const dropIns = Object.fromEntries(texts.filter(([name]) => name.startsWith('01-')));
  return { main: Object.fromEntries(texts)['registries.conf']!, dropIns, search: config.searchRegistries };
}
