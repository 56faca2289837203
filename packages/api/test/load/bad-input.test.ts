import { expect, test } from 'vitest';
import { faultsOf } from './bad-input/faults-of.ts';
import { furtherKindRows } from './bad-input/further-kinds.ts';
import { schemaRows } from './bad-input/schema.ts';
import { syntaxRows } from './bad-input/syntax.ts';

test.each(syntaxRows)('loading tells what is wrong and where: %s', (_, text, faults) => {
  expect(faultsOf(text)).toEqual(faults);
});

test.each([...schemaRows, ...furtherKindRows])('the schema tells what is wrong and where: %s', (_, text, faults) => {
  expect(faultsOf(text)).toEqual(faults);
});
