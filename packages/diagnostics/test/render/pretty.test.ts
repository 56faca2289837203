import { expect, test } from 'vitest';
import { type Diagnostic, displayWidth, renderPretty } from '../../src/index.ts';
import { placeless, sample, sources, spanOf } from './samples.ts';

test('a diagnostic shows its line, carets, other places, hint and fix', () => {
  expect(
    renderPretty([sample], { sources }),
  ).toBe(`error[field-not-supported]: "AllowFallback" is not a mirrorSourcePolicy
  --> mirrors/app.yaml:4:25
   |
 4 |     mirrorSourcePolicy: AllowFallback
   |                         ^^^^^^^^^^^^^ expected AllowContactingSource or NeverContactSource
  ::: mirrors/app.yaml:3:13
   |
 3 |   - source: quay.io
   |             ------- of this source
   = hint: some guides write AllowFallback; the API name is AllowContactingSource
   = fix:  pullpath lint --fix mirrors/app.yaml
`);
});

test('several are parted by a blank line; one without a file names its object', () => {
  expect(renderPretty([placeless, placeless])).toBe(
    'warning[field-required]: m\n  --> Image/cluster spec\n\nwarning[field-required]: m\n  --> Image/cluster spec\n',
  );
});

test('without the text only the place is shown', () => {
  const bare: Diagnostic = { code: 'yaml-tab', severity: 'error', message: 'm', at: sample.at };
  expect(renderPretty([bare])).toBe('error[yaml-tab]: m\n  --> mirrors/app.yaml:4:25\n');
});

test('colours are codes around the words, and off by default', () => {
  const colored = renderPretty([sample], { sources, color: true });
  expect(colored).toContain('\u001b[1;31merror[field-not-supported]\u001b[0m: ');
  expect(withoutColor(colored)).toBe(renderPretty([sample], { sources }));
});

function withoutColor(text: string): string {
  return text
    .split('\u001b[')
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf('m') + 1)))
    .join('');
}

function shown(line: string, word: string): [string, string] {
  const diagnostic: Diagnostic = { code: 'yaml-syntax', severity: 'error', message: 'm', at: spanOf('f', line, word) };
  const [, , , source, carets] = renderPretty([diagnostic], { sources: new Map([['f', line]]) }).split('\n');
  return [source!.slice(5), carets!.slice(5)];
}

test('carets stand below the word behind tabs, wide characters and combining marks', () => {
  for (const before of ['\t', 'é', 'e\u0301', '日本 ', '\u{1f600}', 'a\tb ', '\u001b[31m', '\u202e']) {
    const [source, carets] = shown(`${before}word rest`, 'word');
    expect(displayWidth(source.slice(0, source.indexOf('word')))).toBe(carets.indexOf('^'));
    expect(carets.trim()).toBe('^^^^');
  }
});

test('a long line is cut around the word', () => {
  const [source, carets] = shown(`${'x'.repeat(5000)} word ${'y'.repeat(5000)}`, 'word');
  expect(source.length).toBeLessThan(110);
  expect(source).toMatch(/^…x+ word y+…$/);
  expect(source.indexOf('word')).toBe(carets.indexOf('^'));
});

test('an empty stretch has one caret, one over several lines reaches to the end of the first', () => {
  const text = 'ab\ncd\n';
  const at = spanOf('f', text, 'b\ncd');
  const diagnostic: Diagnostic = { code: 'yaml-syntax', severity: 'error', message: 'm', at };
  const empty: Diagnostic = { ...diagnostic, at: { ...at, end: at.start } };
  const carets = [diagnostic, empty].map(
    (one) => renderPretty([one], { sources: new Map([['f', text]]) }).split('\n')[4],
  );
  expect(carets).toEqual(['   |  ^', '   |  ^']);
});

test('nothing of the input reaches the terminal raw', () => {
  const evil = '\u001b]0;title\u0007\u009b31m\r\u202e\u2028';
  const line = `${evil} word`;
  const diagnostic: Diagnostic = {
    code: 'yaml-syntax',
    severity: 'error',
    message: evil,
    expected: evil,
    hint: evil,
    at: { ...spanOf('f', line, 'word'), file: `f${evil}` },
    related: [{ message: evil }],
  };
  const output = renderPretty([diagnostic], { sources: new Map([[`f${evil}`, line]]) });
  expect(output.replaceAll('\n', '')).toMatch(/^[^\p{Cc}\u202e\u2028]*$/u);
});

test('secrets of the shown line are covered, and every value of a file that holds a Secret', () => {
  expect(shown('auth: bWU6cHc= # word', 'word')[0]).toBe('auth: ******** # word');
  const text = 'kind: Secret\nstringData:\n  key: hunter2\n';
  const diagnostic: Diagnostic = {
    code: 'yaml-syntax',
    severity: 'error',
    message: 'm',
    at: spanOf('f', text, 'hunter2'),
  };
  expect(renderPretty([diagnostic], { sources: new Map([['f', text]]) })).toContain('   key: *******\n');
});
