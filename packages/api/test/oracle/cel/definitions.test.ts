import { oracleOrSkip, seeded, startOracle } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { formatKeywordPath } from '../../../src/cel/rules/keyword-path.ts';
import { type RuleProblem, ruleProblems } from '../../../src/cel/rules/static-problems.ts';
import { signatures } from '../../../src/cel/types/signatures.ts';
import { toOpenApiV3 } from '../../../src/schema/openapi.ts';
import type { CelRule, Schema } from '../../../src/schema/schema.ts';
import { generatedExpression } from './generated-expression.ts';
import { generatedSchema } from './generated-schema.ts';

test('the functions are those of kube-apiserver', async (context) => {
  const oracle = startOracle(oracleOrSkip(context, 'kubernetes-cel'));
  try {
    const { declarations } = (await oracle.ask({ declarations: true })) as { declarations: string[] };
    expect(signatures.trim()).toBe(signaturesOf(declarations));
  } finally {
    oracle.close();
  }
});

test('5,000 generated rules are taken or refused as kube-apiserver does', { timeout: 300_000 }, async (context) => {
  const oracle = startOracle(oracleOrSkip(context, 'kubernetes-cel'));
  try {
    for (let seed = 0; seed < 5000; seed++) {
      const schema = schemaOf(seed);
      const { faults } = (await oracle.ask({ schema: toOpenApiV3(schema) })) as { faults: string[] };
      expect(ours(schema), `seed ${seed}: ${JSON.stringify(schema.properties?.['spec']?.validations)}`).toEqual(
        theirs(faults),
      );
    }
  } finally {
    oracle.close();
  }
});

function schemaOf(seed: number): Schema {
  const random = seeded(seed);
  const rule: CelRule = {
    rule: generatedExpression(random),
    ...(random.oneIn(3) && { messageExpression: generatedExpression(random, 'string', 2) }),
  };
  return generatedSchema(random, [rule]);
}

const root = 'spec.validation.openAPIV3Schema';

function ours(schema: Schema): string[] {
  return ruleProblems(schema).map(textOf).sort();
}

function textOf({ path, type, value, detail, within }: RuleProblem): string {
  const field = formatKeywordPath(root, path);
  const where = within ? ` ${formatKeywordPath(root, within)}` : '';
  const shown = type === 'Invalid' ? `Invalid value: ${JSON.stringify(value)}` : 'Forbidden';
  return `${field}: ${shown}: ${detail}${where}`;
}

/** The name of the type of self is another in every process, and JSON of Go escapes more. */
function theirs(faults: readonly string[]): string[] {
  const plain = faults.map((fault) =>
    fault.replaceAll(/selfType\d+/g, 'selfType').replaceAll(/\\u00(26|3c|3e)/g, unescaped),
  );
  return plain.sort();
}

function unescaped(_: string, code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}

const aliases = ['in', '_in_', '__not_strictly_false__'];

function signaturesOf(declarations: readonly string[]): string {
  const byName = new Map<string, string[]>();
  for (const line of declarations) {
    const [name = '', index = '0', id, style, params = '', result] = line.split('\t');
    if (aliases.includes(name)) continue;
    const overloads = byName.get(name) ?? [];
    overloads[Number(index)] = `${id}${style === 'member' ? '*' : ''}(${params.replaceAll(';', ', ')}): ${result}`;
    byName.set(name, overloads);
  }
  return [...byName.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, overloads]) => [name, ...overloads].join(' | '))
    .join('\n');
}
