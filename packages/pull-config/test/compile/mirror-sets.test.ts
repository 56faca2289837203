import { expect, test } from 'vitest';
import { digestRules, mergeMirrorSets } from '../../src/index.ts';
import { rule } from './rule-builders.ts';

test('rules of a source are merged, whichever object or kind they stand in', () => {
  const sets = mergeMirrorSets(digestRules([rule('icsp', 'src.io', ['b']), rule('idms', 'src.io', ['a', 'b'])]));
  expect(sets.map(({ source, mirrors }) => [source, mirrors.map(({ location }) => location)])).toEqual([
    ['src.io', ['a', 'b']],
  ]);
});

test('a rule without a real mirror is dropped with its policy', () => {
  expect(mergeMirrorSets([rule('idms', 'src.io', [], 'NeverContactSource'), rule('idms', 'a.io', ['a.io'])])).toEqual(
    [],
  );
});

test('a source before other mirrors is a mirror of its own', () => {
  const [set] = mergeMirrorSets([rule('idms', 'src.io', ['src.io', 'last.io'])]);
  expect(set?.mirrors.map(({ location }) => location)).toEqual(['src.io', 'last.io']);
});

test('every mirror knows the list items that name it', () => {
  const [set] = mergeMirrorSets([rule('idms', 'src.io', ['a', 'b']), rule('idms', 'src.io', ['b'])]);
  expect(set?.mirrors[1]?.origins.map(({ path }) => path)).toEqual([
    ['spec', 'mirrors', 0, 'mirrors', 1],
    ['spec', 'mirrors', 0, 'mirrors', 0],
  ]);
});

test('orders that contradict each other are told', () => {
  const [set] = mergeMirrorSets([rule('idms', 'src.io', ['a', 'b']), rule('idms', 'src.io', ['b', 'a'])]);
  expect(set?.contradicted).toEqual(['a']);
});
