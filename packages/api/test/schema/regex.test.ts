import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRegex } from '../../src/schema/regex/index.ts';

describe('test', () => {
  test.each([
    ['^a+$', 'aaa', true],
    ['^a+$', 'aab', false],
    ['b', 'abc', true],
    ['^(a|bc)*d$', 'abcad', true],
    ['^[^a-c]$', 'd', true],
    ['^[^a-c]$', 'b', false],
    ['^[]a]$', ']', true],
    ['^[a-]$', '-', true],
    ['^\\d{2,3}$', '1234', false],
    ['^\\d{2,}$', '1234', true],
    ['^a{0}$', '', true],
    ['^a{,2}$', 'a{,2}', true],
    ['^(?i)Ab$', 'aB', true],
    ['^(?i:a)b$', 'AB', false],
    ['^(?P<name>x)$', 'x', true],
    ['^.$', '\n', false],
    ['(?s)^.$', '\n', true],
    ['^a$', 'a\n', false],
    ['(?m)^b$', 'a\nb\nc', true],
    ['\\bfoo\\b', 'a foo', true],
    ['\\bfoo\\b', 'afoo', false],
    ['\\Bb', 'ab', true],
    ['^[[:xdigit:]]+$', 'beefG', false],
    ['^[\\w.]+$', 'a_b.c', true],
    ['^\\x41\\x{1F600}$', 'A\u{1F600}', true],
    ['^.$', '\u{1F600}', true],
    ['^$', '', true],
    ['a||b', 'c', true],
  ])('%s on %j is %s', (pattern, text, expected) => {
    expect(compileRegex(pattern).test(text)).toBe(expected);
  });

  test('agrees with the backtracking engine on random patterns of the common syntax', () => {
    fc.assert(
      fc.property(
        patterns,
        fc.array(fc.constantFrom('a', 'b', 'c', '-', '1'), { maxLength: 8 }),
        (pattern, letters) => {
          const text = letters.join('');
          expect(compileRegex(pattern).test(text)).toBe(new RegExp(pattern, 'u').test(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('takes linear time where a backtracking engine takes exponential time', () => {
    const regex = compileRegex('^(?:[a-z0-9]+(?:[._]|__|[-]*))+$');
    expect(regex.test(`${'n'.repeat(100_000)}!`)).toBe(false);
  });

  test('keeps its memory bounded on a pattern with exponentially many states', () => {
    const regex = compileRegex('a.{12}b');
    const text = Array.from({ length: 20_000 }, (_, index) => ((index * 7919) % 13 < 6 ? 'a' : 'c')).join('');
    expect(regex.test(text)).toBe(false);
    expect(regex.test(`${text}axxxxxxxxxxxxb`)).toBe(true);
  });
});

describe('find', () => {
  test.each([
    ['a+', 'xaab', 'aa'],
    ['a+?', 'xaab', 'a'],
    ['(?:a|ab)(?:c|bcd)', 'abcd', 'abcd'],
    ['(?:ab|a)b?', 'abb', 'abb'],
    ['\\d+$', 'a1b22', '22'],
  ])('%s in %j is %j', (pattern, text, expected) => {
    const match = compileRegex(pattern).find(text);
    expect(match && text.slice(match.start, match.end)).toBe(expected);
  });

  test('prefers what the backtracking engine prefers', () => {
    fc.assert(
      fc.property(
        patterns,
        fc.array(fc.constantFrom('a', 'b', 'c', '-', '1'), { maxLength: 8 }),
        (pattern, letters) => {
          const text = letters.join('');
          const expected = new RegExp(pattern, 'u').exec(text);
          const match = compileRegex(pattern).find(text);
          expect(match && text.slice(match.start, match.end)).toBe(expected?.[0]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('finds all matches that do not overlap', () => {
    expect(compileRegex('\\d+').findAll('12 a 345')).toEqual([
      { start: 0, end: 2 },
      { start: 5, end: 8 },
    ]);
  });

  test('does not count an empty match behind another match', () => {
    expect(
      compileRegex('a*')
        .findAll('baac')
        .map(({ start, end }) => [start, end]),
    ).toEqual([
      [0, 0],
      [1, 3],
      [4, 4],
    ]);
  });

  test('stops at the limit', () => {
    expect(compileRegex('a').findAll('aaa', 2)).toHaveLength(2);
  });

  test('gives up on a search that would take quadratic time', () => {
    expect(() => compileRegex('a[^z]*z|a').findAll('a'.repeat(50_000))).toThrow('too many steps');
  });
});

describe('syntax errors are worded as Go words them', () => {
  test.each([
    ['[invalid', 'missing closing ]: `[invalid`'],
    ['(a', 'missing closing ): `(a`'],
    ['a)', 'unexpected ): `a)`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['a{3,2}', 'invalid repeat count: `{3,2}`'],
    ['[z-a]', 'invalid character class range: `z-a`'],
    ['[[:nope:]]', 'invalid character class range: `[:nope:]`'],
    ['\\q', 'invalid escape sequence: `\\q`'],
    ['\\pL', 'invalid escape sequence: `\\p`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['(?<!a)', 'invalid or unsupported Perl syntax: `(?<`'],
    ['(?P<>a)', 'invalid named capture: `(?P<>a)`'],
  ])('%s: %s', (pattern, problem) => {
    expect(() => compileRegex(pattern)).toThrow(`error parsing regexp: ${problem}`);
  });

  test('refuses a repetition that unrolls into a huge program', () => {
    expect(() => compileRegex('((a{100}){100}){100}')).toThrow('expression is too large');
  });

  test('refuses groups nested without end', () => {
    expect(() => compileRegex('('.repeat(10_000))).toThrow('nests too deeply');
  });

  test('never crashes on random text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab[](){}*+?|^$\\.-:,19dP<>!=')) }), (pattern) => {
        try {
          compileRegex(pattern).test('ab-19');
        } catch (error) {
          expect(error).toHaveProperty('name', 'RegexSyntaxError');
        }
      }),
      { numRuns: 5000 },
    );
  });
});

/** Patterns that Go and JavaScript read alike. */
const patterns: fc.Arbitrary<string> = fc.letrec<{ node: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\d', '\\w', '-', '^', '$', '\\b'),
    // A group always consumes: the two languages treat repeated empty matches differently.
    tie('node').map((inner) => `(?:[abc](?:${inner}))`),
  ),
  node: fc
    .array(
      fc.tuple(
        fc.array(fc.tuple(tie('atom'), fc.constantFrom('', '', '*', '+', '?', '{1,2}', '*?', '+?'))),
        fc.constant(''),
      ),
      { minLength: 1, maxLength: 2 },
    )
    .map((branches) =>
      branches
        .map(([items]) => items.map(([atom, suffix]) => (/^[\^$]$|^\\b$/.test(atom) ? atom : atom + suffix)).join(''))
        .join('|'),
    ),
})).node;
