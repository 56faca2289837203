import { compileRegex, type Regex, RegexSyntaxError } from '@pullpath/api';
import { mutated } from '../mutate.ts';
import type { Random } from '../random.ts';
import { expectThat, type FuzzTarget } from '../target.ts';

const template = '<$1$n$$>';

/** Patterns in the syntax of RE2: refused as such, or every use of them takes linear time and agrees with the others. */
export const regex: FuzzTarget = {
  name: 'regex',
  generate: (random) => mutated(random, pattern(random), tokens),
  check(input) {
    const compiled = compiledOrRefused(input);
    if (compiled === undefined) return;
    agreesOn(compiled, texts[input.length % texts.length] ?? '');
  },
};

function agreesOn(compiled: Regex, text: string): void {
  const found = compiled.find(text);
  expectThat(compiled.test(text) === (found !== undefined), `test and find agree on ${JSON.stringify(text)}`);
  const [first] = compiled.findAll(text, 3);
  expectThat(first?.start === found?.start && first?.end === found?.end, 'findAll starts with what find gives');
  withinBounds(() => compiled.replaceAll(text, template));
}

// Looking far ahead again and again is work that is refused once it is too much.
function withinBounds(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

function compiledOrRefused(text: string): Regex | undefined {
  try {
    return compileRegex(text);
  } catch (error) {
    if (error instanceof RegexSyntaxError) return undefined;
    throw error;
  }
}

const texts = [
  '',
  'a',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab',
  'quay.io/ns/app',
  'ab\nAB\u{1f600}ä_0-9',
  `${'ab'.repeat(30)}c`,
];

const tokens = [
  '(',
  ')',
  '(?:',
  '(?i)',
  '(?P<n>',
  '(?s:',
  '[',
  ']',
  '[^',
  '[[:alpha:]]',
  'a-z',
  '|',
  '*',
  '+',
  '?',
  '*?',
  '{2}',
  '{2,}',
  '{,3}',
  '{1,1000}',
  '.',
  '^',
  '$',
  '\\b',
  '\\B',
  '\\A',
  '\\z',
  '\\d',
  '\\W',
  '\\pL',
  '\\p{Greek}',
  '\\Q',
  '\\E',
  '\\x{10ffff}',
  '\\1',
  '(?=',
  'a',
  'b',
  'ä',
];

function pattern(random: Random, depth = 3): string {
  if (depth === 0 || random.oneIn(3))
    return random.pick(['a', 'b', '.', '[a-z]', '\\d', '^', '$', '\\b', '[^/]', 'ab']);
  const [left, right] = [pattern(random, depth - 1), pattern(random, depth - 1)];
  return random.pick([
    `(${left})${right}`,
    `${left}|${right}`,
    `(?:${left})*${right}`,
    `(${left})+`,
    `(?:${left}){0,3}`,
    `(?:${left})??${right}`,
    left + right,
  ]);
}
