import { loadManifests } from '@pullpath/api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goYaml } from '../../src/formats/go-yaml.ts';

/** Any text but the line ends that YAML 1.1 alone knows. */
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc.constantFrom('yes', '1e3', '~', ' a', 'a\n', '\n\n', '- a', 'a: b', '#'),
  )
  .filter((value) => value.isWellFormed() && !/[\u2028\u2029]/.test(value));

const value = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, text, fc.boolean(), fc.integer(), fc.constant(null), tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  map: fc.dictionary(
    text.filter((key) => key.length < 40),
    tie('value'),
    { maxKeys: 3 },
  ),
})).value;

test('what is written reads back as the same data', () => {
  fc.assert(
    fc.property(value, (spec) => {
      const object = { apiVersion: 'v1', kind: 'Any', metadata: { name: 'a' }, spec };
      const { objects, diagnostics } = loadManifests([{ file: 'a', text: goYaml(object) }]);
      expect(diagnostics).toEqual([]);
      expect(JSON.parse(JSON.stringify(objects[0]?.object))).toEqual(JSON.parse(JSON.stringify(object)));
    }),
    { numRuns: 500 },
  );
});
