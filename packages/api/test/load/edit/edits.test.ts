import { applyEdits, type TextEdit } from '@pullpath/diagnostics';
import { expect, test } from 'vitest';
import {
  deleteValue,
  insertItem,
  type LocatedObject,
  loadEmbedded,
  loadManifests,
  renameKey,
  replaceValue,
  setValue,
} from '../../../src/index.ts';

const head = 'apiVersion: v1\nkind: Test\n';

function edited(body: string, edit: (located: LocatedObject) => readonly TextEdit[] | undefined): string | undefined {
  const edits = edit(loadManifests([{ file: 'f.yaml', text: head + body }]).objects[0]!);
  return edits && applyEdits(head + body, edits).slice(head.length);
}

test('a plain scalar is replaced, its comment stays', () => {
  expect(edited('spec: {a: old} # why\n', (o) => replaceValue(o, ['spec', 'a'], 'new'))).toBe('spec: {a: new} # why\n');
});

test('quotes stay as they are', () => {
  const body = 'a: \'x\'\nb: "x"\n';
  expect(edited(body, (o) => replaceValue(o, ['a'], "it's"))).toBe("a: 'it''s'\nb: \"x\"\n");
  expect(edited(body, (o) => replaceValue(o, ['b'], 'n'))).toBe('a: \'x\'\nb: "n"\n');
});

test('a string that would be read as something else is quoted', () => {
  expect(edited('a: x\n', (o) => replaceValue(o, ['a'], 'yes'))).toBe('a: "yes"\n');
  expect(edited('a: x\n', (o) => replaceValue(o, ['a'], 'a: b'))).toBe('a: "a: b"\n');
  expect(edited('a: x\n', (o) => replaceValue(o, ['a'], true))).toBe('a: true\n');
});

test('a key without a value gets one', () => {
  expect(edited('a: # c\nb: 1\n', (o) => replaceValue(o, ['a'], 'x'))).toBe('a: x # c\nb: 1\n');
});

test('a key is renamed', () => {
  expect(edited('spec:\n  old: 1 # c\n', (o) => renameKey(o, ['spec', 'old'], 'new'))).toBe('spec:\n  new: 1 # c\n');
});

test('a list item goes with its lines, comments above stay', () => {
  const body = 'l:\n# one\n- a: 1\n  b:\n  - x\n# two\n- c # last\nd: 1\n';
  expect(edited(body, (o) => deleteValue(o, ['l', 0]))).toBe('l:\n# one\n# two\n- c # last\nd: 1\n');
  expect(edited(body, (o) => deleteValue(o, ['l', 1]))).toBe('l:\n# one\n- a: 1\n  b:\n  - x\n# two\nd: 1\n');
});

test('the key beside the dash of its item gives its place to the next one', () => {
  expect(edited('l:\n- a: 1\n  b: 2\n', (o) => deleteValue(o, ['l', 0, 'a']))).toBe('l:\n- b: 2\n');
});

test('the last item leaves an empty collection', () => {
  expect(edited('l:\n- a # c\nd: 1\n', (o) => deleteValue(o, ['l', 0]))).toBe('l: []\nd: 1\n');
  expect(edited('l: [a]\n', (o) => deleteValue(o, ['l', 0]))).toBe('l: []\n');
  expect(edited('m:\n  a:\n    b: 1\n', (o) => deleteValue(o, ['m', 'a']))).toBe('m: {}\n');
});

test('an item of a flow list goes with one comma', () => {
  expect(edited('l: [a, b , c]\n', (o) => deleteValue(o, ['l', 0]))).toBe('l: [b , c]\n');
  expect(edited('l: [a, b , c]\n', (o) => deleteValue(o, ['l', 2]))).toBe('l: [a, b]\n');
});

test('a missing key is written behind the last one, at its column', () => {
  const body = 'l:\n- a: 1 # c\n  b: |\n    x\n\nd: 1\n';
  expect(edited(body, (o) => setValue(o, ['l', 0, 'c'], ['x', { q: 1, z: [] }]))).toBe(
    'l:\n- a: 1 # c\n  b: |\n    x\n  c:\n  - x\n  - q: 1\n    z: []\n\nd: 1\n',
  );
  expect(edited('m: {a: 1}\n', (o) => setValue(o, ['m', 'b'], 'x'))).toBe('m: {a: 1, "b": "x"}\n');
  expect(edited('m: {}\n', (o) => setValue(o, ['m', 'b'], 'x'))).toBe('m: {"b": "x"}\n');
});

test('an item is put before another one, or behind the last', () => {
  const body = 'l:\n  - a\n  - b # c\nd: 1\n';
  expect(edited(body, (o) => insertItem(o, ['l'], 0, { x: 1, q: 2 }))).toBe(
    'l:\n  - x: 1\n    q: 2\n  - a\n  - b # c\nd: 1\n',
  );
  expect(edited(body, (o) => insertItem(o, ['l'], 9, 'z'))).toBe('l:\n  - a\n  - b # c\n  - z\nd: 1\n');
});

test('what an alias or a merge key shares is not edited', () => {
  const body = 'a: &a {x: 1, z: 3}\nb: *a\nc:\n  <<: *a\n  d: 2\n';
  expect(edited(body, (o) => replaceValue(o, ['b', 'x'], 2))).toBeUndefined();
  expect(edited(body, (o) => replaceValue(o, ['c', 'x'], 2))).toBeUndefined();
  expect(edited(body, (o) => deleteValue(o, ['a']))).toBeUndefined();
  expect(edited(body, (o) => replaceValue(o, ['a', 'x'], 2))).toContain('&a {x: 2, z: 3}');
});

test('nothing is written behind a block that keeps its blank lines', () => {
  expect(edited('a: |+\n  x\n\n', (o) => setValue(o, ['b'], 1))).toBeUndefined();
});

test('JSON stays JSON', () => {
  const text = '{"apiVersion": "v1", "kind": "Test", "a": ["x"]}';
  const [located] = loadManifests([{ file: 'f.json', text }]).objects;
  const edits = [
    insertItem(located!, ['a'], 1, 'y'),
    setValue(located!, ['b'], { c: 1 }),
    replaceValue(located!, ['kind'], 'K'),
  ];
  expect(
    JSON.parse(
      applyEdits(
        text,
        edits.flatMap((edit) => edit ?? []),
      ),
    ),
  ).toEqual({
    apiVersion: 'v1',
    kind: 'K',
    a: ['x', 'y'],
    b: { c: 1 },
  });
});

const embedded = `data:\n  k: |\n    apiVersion: v1\n    kind: Inner\n    l:\n    - a\n    - b # c\n\n    m: 1\n  z: 1\n`;

function editedInside(
  body: string,
  edit: (located: LocatedObject) => readonly TextEdit[] | undefined,
): string | undefined {
  return edited(body, (outer) => edit(loadEmbedded(outer, ['data', 'k']).objects[0]!));
}

test('an edit inside a literal block keeps its indentation', () => {
  expect(editedInside(embedded, (o) => deleteValue(o, ['l', 1]))).toBe(embedded.replace('    - b # c\n', ''));
  expect(editedInside(embedded, (o) => insertItem(o, ['l'], 2, { x: 1, q: 2 }))).toBe(
    embedded.replace('- b # c\n', '- b # c\n    - x: 1\n      q: 2\n'),
  );
  expect(editedInside(embedded, (o) => deleteValue(o, ['m']))).toBe(embedded.replace('    m: 1\n', ''));
  expect(editedInside(embedded, (o) => setValue(o, ['q'], 'x'))).toBe(embedded.replace('m: 1\n', 'm: 1\n    q: x\n'));
});

test('inside other strings there is no edit', () => {
  expect(
    editedInside('data: {k: "apiVersion: v1\\nkind: A\\na: 1\\n"}\n', (o) => replaceValue(o, ['a'], 2)),
  ).toBeUndefined();
});
