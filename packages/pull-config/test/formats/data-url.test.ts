import { expect, test } from 'vitest';
import { readDataUrl, readDataUrlBytes } from '../../src/formats/data-url.ts';
import { dataUrl } from '../../src/formats/ignition.ts';

test('what Ignition documents of ours hold reads back', () => {
  expect(readDataUrl(dataUrl('[[registry]]\nlocation = "ä"\n'))).toBe('[[registry]]\nlocation = "ä"\n');
});

test('percent escapes are decoded, plus signs are not', () => {
  expect(readDataUrl('data:,a%20%2B+b%0A')).toBe('a ++b\n');
});

test('base64 with escaped padding is read', () => {
  expect(readDataUrl('data:;base64,YQ%3D%3D')).toBe('a');
});

test.each(['https://example.com/a', 'data:nothing', 'data:,%zz', 'data:,%ff', 'data:;base64,?'])(
  '%s gives no text',
  (url) => {
    expect(readDataUrl(url)).toBeUndefined();
  },
);

test('contents that are no text keep their bytes', () => {
  expect(readDataUrlBytes('data:;base64,/wD+')).toEqual(Uint8Array.of(0xff, 0, 0xfe));
  expect(readDataUrlBytes('data:,%ff%00a%C3%A4')).toEqual(Uint8Array.of(0xff, 0, 0x61, 0xc3, 0xa4));
  expect(readDataUrlBytes('data:;base64,YQ%3D%3D')).toEqual(Uint8Array.of(0x61));
});

test.each(['https://example.com/a', 'data:nothing', 'data:,%zz', 'data:,%f', 'data:;base64,?'])(
  '%s gives no bytes',
  (url) => {
    expect(readDataUrlBytes(url)).toBeUndefined();
  },
);
