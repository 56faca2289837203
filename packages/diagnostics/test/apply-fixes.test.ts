import { expect, test } from 'vitest';
import { applyFixes, type Diagnostic, lineIndex } from '../src/index.ts';

const text = 'one two three';

function repair(...edits: readonly (readonly [from: number, to: number, text: string, file?: string])[]): Diagnostic {
  const lines = lineIndex(text);
  const spans = edits.map(([from, to, replacement, file = 'f']) => ({
    at: { file, start: lines.position(from), end: lines.position(to) },
    text: replacement,
  }));
  return { code: 'yaml-syntax', severity: 'error', message: 'm', at: spans[0]?.at, fix: { title: 't', edits: spans } };
}

test('repairs are made in the order of their places', () => {
  expect(applyFixes('f', text, [repair([8, 13, '3']), repair([0, 3, '1'])])).toBe('1 two 3');
});

test('a repair that touches an earlier one waits as a whole', () => {
  expect(applyFixes('f', text, [repair([0, 5, '1']), repair([4, 7, '2'], [8, 13, '3'])])).toBe('1wo three');
});

test('a repair of two files at once is not made', () => {
  expect(applyFixes('f', text, [repair([0, 3, '1'], [4, 7, '2', 'g'])])).toBe(text);
});

test('repairs of other files leave the text alone', () => {
  expect(applyFixes('f', text, [repair([0, 3, '1', 'g'])])).toBe(text);
});
