import { oracleOrSkip, seeded, startOracle } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { asWritten, generatedSequence, ours, type Result, withoutTexts } from './apply-sequence.ts';

const sequences = 5000;

test('5,000 sequences of applies and updates end as structured-merge-diff ends them', {
  timeout: 300_000,
}, async (context) => {
  const oracle = startOracle(oracleOrSkip(context, 'structured-merge-diff'));
  try {
    for (let seed = 0; seed < sequences; seed++) {
      const asked = generatedSequence(seeded(seed));
      const { results } = (await oracle.ask({ ...asked, schema: asWritten(asked.schema) })) as { results: Result[] };
      expect(ours(asked), `seed ${seed}`).toEqual(results.map(withoutTexts));
    }
  } finally {
    oracle.close();
  }
});
