import { oracleOrSkip, type Random, seeded, startOracle } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { generatedJsonPatch, generatedMergePatch, type PatchQuestion } from './generated-patches.ts';
import { generatedStrategicPatch } from './generated-strategic-patches.ts';
import { isVerdict, type Outcome, outcomeOf, patched } from './patch-outcome.ts';

const generators: Readonly<Record<string, (random: Random) => PatchQuestion>> = {
  'JSON patches': generatedJsonPatch,
  'JSON merge patches': generatedMergePatch,
  'strategic merge patches': generatedStrategicPatch,
};

for (const [name, generate] of Object.entries(generators)) {
  test(`5,000 ${name} do what the libraries of kube-apiserver make them do`, { timeout: 120_000 }, async (context) => {
    const oracle = startOracle(oracleOrSkip(context, 'kubernetes-patch'));
    try {
      for (let seed = 0; seed < 5000; seed++) {
        const question = generate(seeded(seed));
        const theirs = (await oracle.ask(question)) as Outcome;
        if (isVerdict(question, theirs)) expect(patched(question), `seed ${seed}`).toEqual(outcomeOf(theirs));
      }
    } finally {
      oracle.close();
    }
  });
}
