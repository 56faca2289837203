import { oracleOrSkip, startOracle } from '@pullpath/testkit';
import { test } from 'vitest';
import { loadRegistriesConf, orderDropIns } from '../../src/index.ts';
import { generateCase } from './generated-conf.ts';
import { seeded } from './random.ts';
import { expectSamePulls, type Pulls } from './same-pulls.ts';

const pulls = 100_000;
const referencesEach = 25;

test('100,000 generated pulls go where containers/image sends them', { timeout: 300_000 }, async (context) => {
  const oracle = startOracle(oracleOrSkip(context, 'containers-image'));
  try {
    for (let seed = 0, compared = 0; compared < pulls; seed++) {
      const generated = generateCase(seeded(seed), referencesEach);
      compared += await expectSamePulls(oracle, generated, [load(generated)], `seed ${seed}`);
    }
  } finally {
    oracle.close();
  }
});

function load({ main, dropIns }: Pulls): ReturnType<typeof loadRegistriesConf> {
  const files = Object.entries(dropIns).map(([file, text]) => ({ file, text }));
  return loadRegistriesConf({ file: 'registries.conf', text: main }, orderDropIns(files));
}
