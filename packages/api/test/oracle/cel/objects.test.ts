import { oracleOrSkip, seeded, startOracle } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { formatFieldError } from '../../../src/schema/field-error.ts';
import { toOpenApiV3 } from '../../../src/schema/openapi.ts';
import { ruleErrors } from '../../../src/schema/rules.ts';
import type { CelRule, Schema } from '../../../src/schema/schema.ts';
import { generatedExpression } from './generated-expression.ts';
import { generatedSchema, generatedSpec } from './generated-schema.ts';

test('5,000 generated rules say of generated objects what cel-go says', { timeout: 300_000 }, async (context) => {
  const oracle = startOracle(oracleOrSkip(context, 'kubernetes-cel'));
  try {
    for (let seed = 0; seed < 5000; seed++) {
      const question = questionOf(seed);
      const { faults } = (await oracle.ask({ ...question, schema: toOpenApiV3(question.schema) })) as {
        faults: string[];
      };
      if (crashed(faults)) continue;
      expect(ours(question), `seed ${seed}: ${JSON.stringify(question)}`).toEqual(theirs(faults));
    }
  } finally {
    oracle.close();
  }
});

interface Question {
  readonly schema: Schema;
  readonly object: unknown;
  readonly old?: unknown;
}

function questionOf(seed: number): Question {
  const random = seeded(seed);
  const compares = random.oneIn(4);
  const optional = compares && random.oneIn(2);
  const rule: CelRule = {
    rule: compares ? comparing(generatedExpression(random), optional) : generatedExpression(random),
    ...(random.oneIn(3) && { messageExpression: generatedExpression(random, 'string', 2) }),
    ...(random.oneIn(4) && { message: 'a message' }),
    ...(optional && { optionalOldSelf: true }),
  };
  return {
    schema: generatedSchema(random, [rule]),
    object: { spec: generatedSpec(random) },
    ...(random.oneIn(2) && { old: { spec: generatedSpec(random) } }),
  };
}

function comparing(expression: string, optional: boolean): string {
  return optional ? `${expression} || !oldSelf.hasValue()` : `${expression} || self == oldSelf`;
}

function ours({ schema, object, old }: Question): string[] {
  const errors = ruleErrors(schema, object, old === undefined ? undefined : { value: old }, () => true);
  return errors.map(formatFieldError);
}

/** cel-go reads the size of lists that could not be made, for the cost of `distinct`, `sort` and `reverse`. */
function crashed(faults: readonly string[]): boolean {
  return faults.some((fault) => fault.includes(': internal error: interface conversion: '));
}

function theirs(faults: readonly string[]): string[] {
  return faults.map((fault) => fault.replaceAll(/selfType\d+/g, 'selfType'));
}
