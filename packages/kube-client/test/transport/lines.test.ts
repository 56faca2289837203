import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines, readText } from '../../src/transport/lines.ts';

async function* inChunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (let index = 0; start < bytes.length; index++) {
    const size = sizes[index % sizes.length] ?? 1;
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

test('lines come whole, however their bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', minLength: 1 })), sizes, async (texts, cuts) => {
      const lines = texts.map((text) => text.replaceAll('\n', ' '));
      const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
      expect(await all(readLines(inChunks(bytes, cuts), 10_000, () => undefined))).toEqual(lines);
    }),
  );
});

test('a line without an end is dropped, empty lines are none', async () => {
  const bytes = new TextEncoder().encode('one\n\ntwo\nthr');
  expect(await all(readLines(inChunks(bytes, [4]), 100, () => undefined))).toEqual(['one', 'two']);
});

test('a line without end is cut off at the limit', async () => {
  const endless = async function* (): AsyncGenerator<Uint8Array> {
    for (;;) yield new Uint8Array(1_000);
  };
  await expect(all(readLines(endless(), 50_000, () => undefined))).rejects.toMatchObject({ code: 'kube-too-large' });
  await expect(readText(endless(), 50_000)).rejects.toMatchObject({ code: 'kube-too-large' });
});
