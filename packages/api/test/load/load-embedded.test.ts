import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromObject, type LocatedObject, loadEmbedded, loadManifests } from '../../src/index.ts';
import { scalarPaths, type Writing, write, writing } from './arbitraries.ts';

const inner = 'apiVersion: config.openshift.io/v1\nkind: ImageTagMirrorSet\nmetadata: {name: tags}\n';

function configMap(text: string): LocatedObject {
  return loadManifests([{ file: 'cm.yaml', text: head + text }]).objects[0]!;
}

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n';

test.each([
  ['a literal block', `data:\n  k: |\n${indent(inner, 4)}`, '8:22'],
  ['a literal block with an indentation indicator', `data:\n  k: |2- # c\n${indent(inner, 4)}`, '8:22'],
  ['a literal block with Windows line ends', `data:\r\n  k: |\r\n${indent(inner, 4).replaceAll('\n', '\r\n')}`, '8:22'],
  ['a folded block', `data:\n  k: >\n${indent(inner.replaceAll('\n', '\n\n'), 4)}`, '10:22'],
  ['a single-quoted string', `data:\n  k: '${inner.replaceAll('\n', '\n\n    ')}'\n`, '9:22'],
  ['a double-quoted string with escapes', `data: {k: ${JSON.stringify(inner)}}\n`, '4:90'],
  ['a double-quoted string over lines', `data:\n  k: "${inner.replaceAll('\n', '\\n\\\n    ')}"\n`, '7:22'],
  ['a string in JSON', `data: {"k": ${JSON.stringify(inner)}}\n`, '4:92'],
])('the name inside %s has its place in the outer file', (_, text, place) => {
  const { objects } = loadEmbedded(configMap(text), ['data', 'k']);
  const { start, end } = objects[0]!.source!.span(['metadata', 'name']);
  expect([`${start.line}:${start.column}`, (head + text).slice(start.offset, end.offset)]).toEqual([place, 'tags']);
});

test('every token of an embedded document is found where it stands, in any style and indentation, twice embedded too', () => {
  fc.assert(
    fc.property(tokens, writing, writing, writing, (names, first, second, third) => {
      const innermost = write({ apiVersion: 'v1', kind: 'Inner', tokens: names }, plain(first));
      const middle = write({ apiVersion: 'v1', kind: 'ConfigMap', data: { k: innermost } }, { ...second, flow: false });
      const outer = write({ apiVersion: 'v1', kind: 'ConfigMap', data: { k: middle } }, { ...third, flow: false });
      const [top] = loadManifests([{ file: 'f.yaml', text: outer }]).objects;
      const [below] = loadEmbedded(top!, ['data', 'k']).objects;
      const [deepest] = loadEmbedded(below!, ['data', 'k']).objects;
      for (const path of scalarPaths(names)) {
        const { start, end } = deepest!.source!.span(['tokens', ...path]);
        expect(unbroken(outer.slice(start.offset, end.offset))).toBe(names[Number(path[0])]);
      }
    }),
    { numRuns: 300 },
  );
});

const tokens = fc.uniqueArray(fc.stringMatching(/^[g-m]{3,12}$/), { minLength: 1, maxLength: 12 });

/** A double-quoted writer may break a word over lines. */
function unbroken(text: string): string {
  return text.replaceAll(/\\+\s+/g, '');
}

function plain(style: Writing): Writing {
  return { ...style, styles: ['PLAIN'] };
}

test('an embedded object knows where it is embedded, and blank documents do not count', () => {
  const located = configMap(
    `data:\n  k: |\n    ---\n    # nothing\n    ---\n${indent(inner, 4)}    ---\n${indent(inner, 4)}`,
  );
  const { objects } = loadEmbedded(located, ['data', 'k']);
  expect(objects.map(({ embedded }) => [embedded?.in === located, embedded?.path, embedded?.document])).toEqual([
    [true, ['data', 'k'], 0],
    [true, ['data', 'k'], 1],
  ]);
});

test('a fault of the embedded text stands at its line and column of the outer file', () => {
  const located = configMap(`data:\n  k: |\n${indent(inner, 4)}    spec:\n      a: 1\n      a: 2\n`);
  const [fault] = loadEmbedded(located, ['data', 'k']).diagnostics;
  expect([fault?.code, fault?.at?.start.line, fault?.at?.start.column]).toEqual(['yaml-duplicate-key', 11, 7]);
  expect(fault?.related?.[0]?.at?.start).toMatchObject({ line: 10, column: 7 });
});

test('a syntax error of the embedded text is placed too, also behind escapes', () => {
  const located = configMap('data: {k: "a: 1\\nb:\\n\\tc: 1\\n"}\n');
  const [fault] = loadEmbedded(located, ['data', 'k']).diagnostics;
  expect([fault?.code, fault?.at?.start.line, fault?.at?.start.column]).toEqual(['yaml-tab', 4, 22]);
});

test('text of a live object is read, its faults name the field', () => {
  const live = fromObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: {}, data: { k: `${inner}a: [` } });
  const { objects, diagnostics } = loadEmbedded(live, ['data', 'k']);
  expect(objects).toEqual([]);
  expect(diagnostics[0]).toMatchObject({ code: 'yaml-syntax', path: 'data.k', at: undefined });
});

test('a value that is no string has nothing inside', () => {
  expect(loadEmbedded(configMap('data: {k: 1}\n'), ['data', 'k'])).toEqual({ objects: [], diagnostics: [] });
});

function indent(text: string, columns: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(columns));
}
