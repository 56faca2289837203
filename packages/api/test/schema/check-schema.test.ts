import { expect, test } from 'vitest';
import { kinds } from '../../src/kinds/index.ts';
import { schemaProblems } from '../../src/schema/check-schema.ts';

test('patterns and rules that do not compile are named with their place in the schema', () => {
  const problems = schemaProblems({
    properties: { a: { type: 'string', pattern: '(?=x)' } },
    items: { type: 'string', validations: [{ rule: 'true' }, { rule: 'self ==' }] },
  });
  expect(problems.map(({ path }) => path.join('.'))).toEqual(['properties.a.pattern', 'items.validations.1.rule']);
  expect(problems[0]?.message).toBe('error parsing regexp: invalid or unsupported Perl syntax: `(?=`');
});

test('a broken message expression is a problem of its rule', () => {
  expect(schemaProblems({ type: 'object', validations: [{ rule: 'true', messageExpression: '1 +' }] })).toHaveLength(1);
});

test('no kind has problems', () => {
  expect(kinds.flatMap(({ schema }) => schemaProblems(schema))).toEqual([]);
});
