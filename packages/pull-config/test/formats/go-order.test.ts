import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortByBytes } from '../../src/formats/go-order.ts';
import { compareBytes } from '../../src/index.ts';

test('the order is that of UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(Math.sign(compareBytes(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
    }),
    { numRuns: 1000 },
  );
});

test('sorting whole lists gives the same order, with and without characters beyond U+FFFF', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.string({ unit: 'binary' }))), (texts) => {
      expect(sortByBytes(texts)).toEqual(texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    }),
  );
  expect(sortByBytes(['\u{10000}', '\uffff'])).toEqual(['\uffff', '\u{10000}']);
});
