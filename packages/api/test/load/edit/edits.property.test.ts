import { applyEdits, type TextEdit } from '@pullpath/diagnostics';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  deleteValue,
  insertItem,
  type Json,
  type LocatedObject,
  loadEmbedded,
  loadManifests,
  type Path,
  renameKey,
  replaceValue,
  setValue,
  valueAt,
} from '../../../src/index.ts';
import { data, isFaithful, write, writing } from '../arbitraries.ts';

interface Change {
  readonly name: string;
  readonly edits: (located: LocatedObject, path: Path) => readonly TextEdit[] | undefined;
  /** The same change on plain data; false when it does not apply there. */
  readonly apply: (parent: Container, step: string | number) => boolean;
}
type Container = Record<string | number, unknown> | unknown[];

const value: Json = ['quay.io/a:b', { on: 'yes', n: null, 'x y': '- z' }, 7];

const changes: readonly Change[] = [
  { name: 'delete', edits: deleteValue, apply: remove },
  {
    name: 'replace',
    edits: (o, path) => replaceValue(o, path, 'off'),
    apply: (parent, step) => assign(parent, step, 'off'),
  },
  {
    name: 'rename',
    edits: (o, path) => renameKey(o, path, 'renamed'),
    apply: (parent, step) => {
      const old = valueAt(parent, [step]);
      return !Array.isArray(parent) && remove(parent, step) && assign(parent, 'renamed', old);
    },
  },
  {
    name: 'insert',
    edits: (o, path) => insertItem(o, path.slice(0, -1), Number(path.at(-1)), value),
    apply: (parent, step) => Array.isArray(parent) && parent.splice(Number(step), 0, value).length === 0,
  },
  {
    name: 'set',
    edits: (o, path) => setValue(o, [...path.slice(0, -1), 'added'], value),
    apply: (parent) => !Array.isArray(parent) && assign(parent, 'added', value),
  },
];

test.each(changes)('$name changes that value and nothing else, wherever it is possible', ({ edits, apply }) => {
  let done = 0;
  fc.assert(
    fc.property(data, writing, fc.nat(), fc.boolean(), (content, style, pick, inside) => {
      const object = { apiVersion: 'v1', kind: 'Test', metadata: {}, value: content };
      const text = `# top\n${write(object, style)}# bottom\n`;
      fc.pre(isFaithful(text, content));
      const paths = allPaths(content);
      fc.pre(paths.length > 0);
      const path: Path = ['value', ...paths[pick % paths.length]!];
      const file = inside ? wrapped(text) : text;
      const made = edits(locate(file, inside), path);
      if (made === undefined) return;
      const expected = structuredClone(object);
      fc.pre(apply(valueAt(expected, path.slice(0, -1)) as Container, path.at(-1)!));
      const result = applyEdits(file, made);
      expect(locate(result, inside).object).toEqual(expected);
      expect(result).toContain('# top\n');
      expect(result).toContain('# bottom\n');
      done += 1;
    }),
    { numRuns: 600 },
  );
  expect(done).toBeGreaterThan(50);
});

function locate(file: string, inside: boolean): LocatedObject {
  const [outer] = loadManifests([{ file: 'f.yaml', text: file }]).objects;
  return inside ? loadEmbedded(outer!, ['data', 'k']).objects[0]! : outer!;
}

function wrapped(text: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  k: |\n${text.replaceAll(/^(?=.)/gm, '    ')}  z: 1\n`;
}

function allPaths(content: unknown, path: Path = []): Path[] {
  if (content === null || typeof content !== 'object') return [];
  const steps = Array.isArray(content) ? [...content.keys()] : Object.keys(content);
  return steps.flatMap((step) => [[...path, step], ...allPaths(valueAt(content, [step]), [...path, step])]);
}

function remove(parent: Container, step: string | number): boolean {
  if (Array.isArray(parent)) parent.splice(Number(step), 1);
  else delete parent[step];
  return true;
}

function assign(parent: Container, step: string | number, to: unknown): boolean {
  Object.defineProperty(parent, step, { value: to, enumerable: true, configurable: true, writable: true });
  return true;
}
