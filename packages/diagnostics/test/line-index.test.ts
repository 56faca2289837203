import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineIndex, utf8Column } from '../src/index.ts';

test('offsets become lines and columns and back', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', 'é', '\u{1f600}') }),
      fc.nat(40),
      (text, offset) => {
        const index = lineIndex(text);
        const { line, column, offset: at } = index.position(offset);
        const before = text.slice(0, at).split('\n');
        expect([line, column]).toEqual([before.length, before.at(-1)!.length + 1]);
        expect(index.offset(line, column)).toBe(at);
      },
    ),
  );
});

test('a line comes without its line break', () => {
  const index = lineIndex('a\r\nb\n');
  expect([index.lineCount, index.line(1), index.line(2), index.line(3), index.line(4)]).toEqual([3, 'a', 'b', '', '']);
});

test('places outside of the text are clamped', () => {
  const index = lineIndex('ab\nc');
  expect(index.position(-1)).toEqual({ line: 1, column: 1, offset: 0 });
  expect(index.position(99)).toEqual({ line: 2, column: 2, offset: 4 });
  expect([index.offset(0, 0), index.offset(1, 99), index.offset(9, 9)]).toEqual([0, 2, 4]);
});

test('a column can be counted in UTF-8 bytes', () => {
  expect(utf8Column('é\u{1f600}x', 4)).toBe(7);
});
