import { loadManifests } from '@pullpath/api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toYaml } from '../../src/http/yaml.ts';

test('maps have sorted keys, lists stand below their key', () => {
  expect(toYaml({ b: [1, { c: 'x', d: [] }], a: { e: {} } })).toBe('a:\n  e: {}\nb:\n- 1\n- c: x\n  d: []\n');
});

test.each([
  'true',
  'no',
  '1',
  '0x1f',
  '1e3',
  '2026-01-02',
  '1:30',
  '',
  '- a',
  'a: b',
  'a #b',
  '*x',
  'null',
  '.5',
  'a\nb',
  ' x',
])('%j is quoted', (text) => {
  expect(toYaml({ a: text })).toBe(`a: ${JSON.stringify(text)}\n`);
});

test('a YAML reader gets every text back', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }), (texts) => {
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, list: texts };
      const [read] = loadManifests([{ file: 'x', text: toYaml(object) }]).objects;
      expect(read?.object).toEqual(object);
    }),
    { numRuns: 300 },
  );
});
