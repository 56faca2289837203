import { expect, test } from 'vitest';
import { type Diagnostic, exitCodeFor, type Severity, sortDiagnostics, summary } from '../src/index.ts';

function diagnostic(severity: Severity, file?: string, line = 1, column = 1): Diagnostic {
  const position = { line, column, offset: 0 };
  const at = file === undefined ? undefined : { file, start: position, end: position };
  return { code: 'yaml-syntax', severity, message: 'm', at };
}

test('diagnostics are counted by severity and file', () => {
  expect(summary([])).toBe('no problems');
  expect(summary([diagnostic('error', 'a'), diagnostic('error', 'b'), diagnostic('warning', 'a')])).toBe(
    '2 errors, 1 warning in 2 files',
  );
  expect(summary([diagnostic('info')])).toBe('1 info');
});

test('errors give exit code 1, warnings only where they count, infos never', () => {
  const codes = (severity: Severity) =>
    [false, true].map((warnings) => exitCodeFor([diagnostic(severity)], { warnings }));
  expect([codes('error'), codes('warning'), codes('info')]).toEqual([
    [1, 1],
    [0, 1],
    [0, 0],
  ]);
});

test('the order is by file, line and column; what has no place comes first', () => {
  const places = [
    diagnostic('error', 'b', 1),
    diagnostic('error', 'a', 10, 1),
    diagnostic('error', 'a', 9, 2),
    diagnostic('error', 'a', 9, 1),
    diagnostic('error'),
  ];
  expect(sortDiagnostics(places)).toEqual(places.toReversed());
});
