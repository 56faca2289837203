import { expect, test } from 'vitest';
import { goYaml } from '../../src/formats/go-yaml.ts';

test('keys come in the order of go-yaml: letters last, digits as numbers', () => {
  const keys = ['a10', 'a2', 'b', 'A', '_', 'a/b', 'a-b', 'a02', '1'];
  const text = goYaml(Object.fromEntries(keys.map((key) => [key, 0])));
  expect(text).toBe('_: 0\n"1": 0\nA: 0\na-b: 0\na/b: 0\na2: 0\na02: 0\na10: 0\nb: 0\n');
});

test('list items stand at the column of their key and nested lists share a line', () => {
  expect(goYaml({ a: [{ b: 1, c: [[1, 2], []] }, {}] })).toBe('a:\n- b: 1\n  c:\n  - - 1\n    - 2\n  - []\n- {}\n');
});

test('what YAML 1.1 reads as another type is quoted', () => {
  const values = ['yes', 'n', '~', '', '0x1f', '012', '1e3', '1_000', '12:30', '2006-1-2', '.inf', '1.21.0', '<<'];
  expect(goYaml(values)).toBe(
    '- "yes"\n- "n"\n- "~"\n- ""\n- "0x1f"\n- "012"\n- "1e3"\n- "1_000"\n- "12:30"\n- "2006-1-2"\n- ".inf"\n- 1.21.0\n- <<\n',
  );
});

test('indicators and blanks at the edges are quoted singly', () => {
  expect(goYaml(['*.example.com', "it's: b", '@a', 'a #b', ' a', '-', 'a:b'])).toBe(
    "- '*.example.com'\n- 'it''s: b'\n- '@a'\n- 'a #b'\n- ' a'\n- '-'\n- a:b\n",
  );
});

test('text of several lines becomes a literal block with its chomping', () => {
  expect(goYaml({ a: 'x\ny', b: 'x\n', c: 'x\n\n', d: ' x\ny', e: 'x \ny' })).toBe(
    'a: |-\n  x\n  y\nb: |\n  x\nc: |+\n  x\n\nd: |2-\n   x\n  y\ne: "x \\ny"\n',
  );
});

test('control characters and characters beyond the basic plane are escaped', () => {
  expect(goYaml(['a\tb', '\u{1f600}', 'é', '\u0000'])).toBe('- "a\\tb"\n- "\\U0001F600"\n- é\n- "\\0"\n');
});

test('long text is folded at the first blank after column 80', () => {
  const words = Array.from({ length: 20 }, () => 'word5').join(' ');
  expect(goYaml({ note: words })).toBe(
    'note: word5 word5 word5 word5 word5 word5 word5 word5 word5 word5 word5 word5 word5\n  word5 word5 word5 word5 word5 word5 word5\n',
  );
});

test('numbers are written as strconv does', () => {
  expect(goYaml([0, -5, 1.5, 1234567.25, 1e-5, 1e21, 9007199254740991])).toBe(
    '- 0\n- -5\n- 1.5\n- 1.23456725e+06\n- 1e-05\n- 1e+21\n- 9007199254740991\n',
  );
});

test('a key that is too long or has several lines is written explicitly', () => {
  expect(goYaml({ ['k'.repeat(129)]: [1] })).toBe(`? ${'k'.repeat(129)}\n: - 1\n`);
});
