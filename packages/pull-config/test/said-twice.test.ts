import type { Diagnostic } from '@pullpath/diagnostics';
import { expect, test } from 'vitest';
import { withoutSaidTwice } from '../src/index.ts';

const start = { line: 7, column: 13, offset: 100 };
const at = { file: 'a.yaml', start, end: { line: 7, column: 20, offset: 107 } };
const schema: Diagnostic = { code: 'field-invalid', severity: 'error', message: 'schema', at };
const compile: Diagnostic = { code: 'source-format', severity: 'error', message: 'compile', at };

test('a format that the schema has refused is not refused again by compiling', () => {
  expect(withoutSaidTwice([schema, compile])).toEqual([schema]);
});

test('what compiling refuses stays where the schema only warns', () => {
  const tolerated: Diagnostic = { ...schema, severity: 'warning' };
  expect(withoutSaidTwice([tolerated, compile])).toEqual([tolerated, compile]);
});
