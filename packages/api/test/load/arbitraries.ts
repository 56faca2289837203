import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { Document, isScalar, parseDocument, type Scalar, visit } from 'yaml';

const styles: readonly Scalar.Type[] = ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'];

const word: fc.Arbitrary<string> = fc.constantFrom(
  'quay.io/team',
  'a b',
  'yes',
  'no # comment',
  '',
  ' lead',
  'trail ',
  'line\nline',
  'line\n\n  more\nend\n',
  'tab\there',
  "it's",
  '"q"',
  'é日本\u{1f600}',
  'a: b',
  '- x',
  '{x}',
  '0644',
  'https://x/y?z=#w',
  'long '.repeat(30),
  '\\n not',
);

/** Minus zero is written as `-0`, which YAML reads as the integer 0. */
const double = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));

const key: fc.Arbitrary<string> = fc.constantFrom(
  'a',
  'b',
  'source',
  'mirrors',
  'itms.yaml',
  '__proto__',
  'constructor',
  'x y',
);

/** JSON data whose strings are awkward in YAML. */
export const data: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), double),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

/** How a document is written: indentation, width, and a style for every scalar in turn. */
export interface Writing {
  readonly indent: number;
  readonly lineWidth: number;
  readonly indentSeq: boolean;
  readonly flow: boolean;
  readonly styles: readonly Scalar.Type[];
}

export const writing: fc.Arbitrary<Writing> = fc.record({
  indent: fc.integer({ min: 1, max: 5 }),
  lineWidth: fc.constantFrom(0, 20, 80),
  indentSeq: fc.boolean(),
  flow: fc.boolean(),
  styles: fc.array(fc.constantFrom(...styles), { minLength: 1, maxLength: 5 }),
});

/** Data as YAML text in the given writing. Every value reads back as it is (YAML 1.1 words are quoted). */
export function write(value: unknown, { styles: wanted, flow, ...options }: Writing): string {
  const document = new Document(value, { version: '1.1' });
  let count = 0;
  visit(document, {
    Scalar(position, node) {
      if (position === 'key' || !isScalar(node) || typeof node.value !== 'string') return;
      node.type = wanted[count++ % wanted.length]!;
    },
    Collection(_, node) {
      if (flow && count % 3 === 2) node.flow = true;
    },
  });
  document.directives = undefined as never;
  return document.toString({ ...options, directives: false });
}

/** The writer folds a few texts wrongly; those say nothing about reading. */
export function isFaithful(text: string, value: unknown): boolean {
  const document = parseDocument(text, { version: '1.1' });
  return document.errors.length === 0 && isDeepStrictEqual(document.toJS()?.value, value);
}

/** The paths of all scalars of plain data. */
export function scalarPaths(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => scalarPaths(item, [...path, index]));
  if (value === null || typeof value !== 'object') return [[...path]];
  return Object.entries(value).flatMap(([name, inner]) => scalarPaths(inner, [...path, name]));
}
