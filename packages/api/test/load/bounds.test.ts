import { expect, test } from 'vitest';
import { type LoadLimits, loadManifests } from '../../src/index.ts';

const head = 'apiVersion: v1\nkind: A\n';

function codesOf(text: string, limits: Partial<LoadLimits> = {}): string[] {
  return loadManifests([{ file: 'f.yaml', text }], { limits }).diagnostics.map(({ code }) => code);
}

test.each([
  ['brackets', '['.repeat(100_000)],
  ['braces', '{'.repeat(100_000)],
  ['braces with keys', '{a: '.repeat(100_000)],
  ['dashes', '- '.repeat(100_000)],
  ['explicit keys', '? '.repeat(100_000)],
  ['steps', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
])('%s nested without end are refused', (_, text) => {
  expect(codesOf(text)).toEqual(['yaml-too-deep']);
});

test('aliases that multiply are refused', () => {
  const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`);
  expect(codesOf(`${head}a0: &a0 [x]\n${levels.join('\n')}\n`)).toEqual(['yaml-alias-bomb']);
});

test('merge keys that multiply are refused', () => {
  const base = Array.from({ length: 1000 }, (_, index) => `k${index}: 1`).join(', ');
  expect(codesOf(`${head}base: &b {${base}}\nl:\n${'- {<<: *b}\n'.repeat(1000)}`)).toEqual(['yaml-alias-bomb']);
});

test('aliases in reasonable number are not', () => {
  expect(codesOf(`${head}a: &a [x]\nl:\n${'- *a\n'.repeat(10_000)}`)).toEqual([]);
});

test.each([
  ['size', 'a'.repeat(101), { maxSize: 100 }, 'file-too-large'],
  ['tokens', '- a\n'.repeat(100), { maxTokens: 100 }, 'yaml-too-large'],
  ['documents', '--- a\n'.repeat(20), { maxDocuments: 10 }, 'yaml-too-large'],
  ['stray brackets', ']'.repeat(200), { maxSyntaxErrors: 100 }, 'yaml-syntax'],
  ['syntax errors', `${head}a: [${', '.repeat(200)}]`, { maxSyntaxErrors: 100 }, 'yaml-syntax'],
])('a text above the limit of %s is refused', (_, text, limits, code) => {
  expect(codesOf(text, limits)).toContain(code);
});

test('what stands before the limit is still loaded', () => {
  const text = `${head}---\n${head}---\n${head}`;
  expect(loadManifests([{ file: 'f.yaml', text }], { limits: { maxDocuments: 2 } }).objects.length).toBeGreaterThan(0);
});
