import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadManifests, valueAt } from '../../src/index.ts';
import { data, isFaithful, scalarPaths, write, writing } from './arbitraries.ts';

test('what is written is what is loaded, in every style', () => {
  fc.assert(
    fc.property(data, writing, (value, style) => {
      const text = write({ apiVersion: 'v1', kind: 'Test', value }, style);
      fc.pre(isFaithful(text, value));
      const { objects, diagnostics } = loadManifests([{ file: 'f.yaml', text }]);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(objects[0]?.object['value']).toEqual(value);
    }),
    { numRuns: 500 },
  );
});

test('the text at the span of every scalar reads back as its value', () => {
  fc.assert(
    fc.property(data, writing, (value, style) => {
      const text = write({ apiVersion: 'v1', kind: 'Test', value }, style);
      fc.pre(isFaithful(text, value));
      const { objects } = loadManifests([{ file: 'f.yaml', text }]);
      for (const path of scalarPaths(value)) {
        const span = objects[0]!.source!.span(['value', ...path]);
        const part = text.slice(span.start.offset, span.end.offset);
        if (/^[|>][-+]?[1-9]/.test(part)) continue; // its indentation counts from a column that is cut off
        const again = loadManifests([{ file: 'g.yaml', text: `apiVersion: v1\nkind: T\nvalue: ${part}` }]);
        expect(again.objects[0]?.object['value']).toEqual(valueAt(value, path));
      }
    }),
    { numRuns: 300 },
  );
});

test('lines and columns count from 1, and a key has its own span', () => {
  const text = 'apiVersion: v1\nkind: A\nmetadata:\n  name: x\nspec:\n- a: [b, c]\n';
  const source = loadManifests([{ file: 'f.yaml', text }]).objects[0]!.source!;
  expect(source.span(['spec', 0, 'a', 1]).start).toEqual({ line: 6, column: 10, offset: text.indexOf('c]') });
  expect(source.keySpan(['metadata', 'name']).start).toMatchObject({ line: 4, column: 3 });
  expect(source.keySpan(['spec', 0]).start).toMatchObject({ line: 6, column: 3 });
});

test('a path that does not exist has the place of its nearest ancestor', () => {
  const text = 'apiVersion: v1\nkind: A\nspec:\n  a: {b: 1}\n';
  const source = loadManifests([{ file: 'f.yaml', text }]).objects[0]!.source!;
  expect(source.span(['spec', 'a', 'missing', 3]).start).toMatchObject({ line: 4, column: 6 });
});

test('a value behind an alias or a merge key has the place where it is written', () => {
  const text = 'apiVersion: v1\nkind: A\na: &x {p: 1}\nb: *x\nc:\n  <<: *x\n  q: 2\n';
  const source = loadManifests([{ file: 'f.yaml', text }]).objects[0]!.source!;
  expect(source.span(['b']).start).toMatchObject({ line: 4, column: 4 });
  expect(source.span(['b', 'p']).start).toMatchObject({ line: 3, column: 11 });
  expect(source.span(['c', 'p']).start).toMatchObject({ line: 3, column: 11 });
});
