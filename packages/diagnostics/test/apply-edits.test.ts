import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits, lineIndex, type TextEdit } from '../src/index.ts';

function edit(text: string, start: number, end: number, replacement: string): TextEdit {
  const index = lineIndex(text);
  return { at: { file: 'f', start: index.position(start), end: index.position(end) }, text: replacement };
}

test('edits are made in any order, what is between stays byte for byte', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string(), fc.string(), fc.string()), { maxLength: 6 }),
      fc.string(),
      (parts, tail) => {
        const text = parts.map(([kept, old]) => kept + old).join('') + tail;
        let at = 0;
        const edits = parts.map(([kept, old, replacement]) => {
          const start = at + kept.length;
          at = start + old.length;
          return edit(text, start, at, replacement);
        });
        const expected = parts.map(([kept, , replacement]) => kept + replacement).join('') + tail;
        expect(applyEdits(text, edits)).toBe(expected);
      },
    ),
  );
});

test('the order in which edits are given does not matter', () => {
  const edits = [edit('abcdef', 4, 5, 'E'), edit('abcdef', 0, 1, 'A')];
  expect(applyEdits('abcdef', edits)).toBe('AbcdEf');
});

test('edits that overlap are a bug', () => {
  expect(() => applyEdits('abc', [edit('abc', 0, 2, ''), edit('abc', 1, 3, '')])).toThrow('edits overlap at f:1');
});
