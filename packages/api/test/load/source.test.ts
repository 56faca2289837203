import { expect, test } from 'vitest';
import { decodeSource } from '../../src/index.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

test('UTF-8 is read with and without a byte order mark', () => {
  expect(decodeSource('f', encode('é'))).toEqual({ text: 'é' });
  expect(decodeSource('f', Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toEqual({ text: 'a' });
});

test.each([
  ['UTF-16 with a mark, little endian', [0xff, 0xfe, 0x61, 0], 'the file is UTF-16'],
  ['UTF-16 with a mark, big endian', [0xfe, 0xff, 0, 0x61], 'the file is UTF-16'],
  ['UTF-16 without a mark', [0x61, 0, 0x3a, 0], 'the file is UTF-16'],
  ['UTF-32', [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0], 'the file is UTF-32'],
  ['a gzip archive', [0x1f, 0x8b, 8, 0], 'the file is a gzip archive'],
  ['zeros inside', [0x61, 0x62, 0x63, 0, 0x61], 'the file is binary: byte 3 is zero'],
])('%s is told apart', (_, bytes, message) => {
  expect(decodeSource('f', Uint8Array.from(bytes))).toMatchObject({ severity: 'error', message });
});

test('bytes that are no UTF-8 have their line and column, also behind a written U+FFFD', () => {
  const bytes = Uint8Array.of(...encode('a: \ufffd\nb: é'), 0xff, ...encode('c'));
  expect(decodeSource('f', bytes)).toMatchObject({ code: 'file-encoding', at: { start: { line: 2, column: 5 } } });
});

test('a character cut off at the end is at the end', () => {
  expect(decodeSource('f', Uint8Array.of(0x61, 0xc3))).toMatchObject({ at: { start: { line: 1, column: 2 } } });
});

test('a file above the limit is not read', () => {
  expect(decodeSource('f', new Uint8Array(11), { maxSize: 10 })).toMatchObject({ code: 'file-too-large' });
});
