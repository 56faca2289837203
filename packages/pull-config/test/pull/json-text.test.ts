import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type JsonNode, parseJsonText } from '../../src/pull/json-text.ts';

test('whatever JSON.stringify writes reads back as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const parsed = parseJsonText(text);
      expect(parsed.ok && plain(parsed.node)).toEqual(JSON.parse(text));
    }),
  );
});

test('a text is refused exactly when JSON.parse refuses it', () => {
  const bits = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"\\u00e9"',
    '"\\x"',
    '1',
    '-0.5e+2',
    '01',
    'true',
    'nul',
    ' ',
    '\n',
    '"',
  );
  fc.assert(
    fc.property(fc.array(bits, { maxLength: 8 }), (parts) => {
      expect(parseJsonText(parts.join('')).ok).toBe(isJson(parts.join('')));
    }),
    { numRuns: 3000 },
  );
});

test('nesting beyond what Go reads is refused without a stack overflow', () => {
  expect(parseJsonText('['.repeat(10_000) + ']'.repeat(10_000)).ok).toBe(true);
  expect(parseJsonText('['.repeat(1_000_000))).toMatchObject({ ok: false, message: 'nesting is deeper than 10000' });
});

test('lone surrogates in escapes read as U+FFFD, pairs as one character', () => {
  const parsed = parseJsonText('["\\ud83d\\ude00", "\\ud83dx", "\\ude00", "\\ud83d\\ud83d\\ude00"]');
  expect(parsed.ok && plain(parsed.node)).toEqual(['😀', '\ufffdx', '\ufffd', '\ufffd😀']);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function plain(node: JsonNode): unknown {
  if (node.kind === 'array') return node.items.map(plain);
  if (node.kind === 'object') return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
  return node.kind === 'number' ? Number(node.text) : node.value;
}
