import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, flag, int, list, message, text, textMap } from '../../src/wire/fields.ts';
import { planResponse } from '../../src/wire/messages.ts';
import { decodeMessage, encodeMessage, type Message } from '../../src/wire/protobuf.ts';
import { path, type WirePath } from '../../src/wire/schema-messages.ts';

interface Sample {
  readonly name: string;
  readonly size: number;
  readonly on: boolean;
  readonly raw: Uint8Array;
  readonly inner: { readonly size: number } | undefined;
  readonly many: readonly { readonly size: number }[];
  readonly named: ReadonlyMap<string, { readonly size: number }>;
}

const inner: Message<{ size: number }> = { size: int(1) };
const sample: Message<Sample> = {
  name: text(1),
  size: int(2),
  on: flag(3),
  raw: bytes(4),
  inner: message(5, inner),
  many: list(6, inner),
  named: textMap(7, inner),
};

const sizes = fc.record({ size: fc.maxSafeInteger() });
const samples = fc.record({
  name: fc.string({ unit: 'grapheme' }),
  size: fc.maxSafeInteger(),
  on: fc.boolean(),
  raw: fc.uint8Array(),
  inner: fc.option(sizes, { nil: undefined }),
  many: fc.array(sizes),
  named: fc.array(fc.tuple(fc.string(), sizes)).map((entries) => new Map(entries)),
});

test('what is encoded is decoded again', () => {
  fc.assert(
    fc.property(samples, (value) => {
      const decoded = decodeMessage(sample, encodeMessage(sample, value));
      expect({ ...decoded, raw: [...decoded.raw] }).toEqual({ ...value, raw: [...value.raw] });
    }),
  );
});

test('bytes that end too early are an error, never another value', () => {
  const whole = encodeMessage(sample, {
    name: 'abc',
    size: 1,
    on: true,
    raw: new Uint8Array(),
    inner: { size: 300 },
    many: [],
    named: new Map(),
  });
  expect(() => decodeMessage(sample, whole.subarray(0, 2))).toThrow('ends too early');
  expect(() => decodeMessage(sample, Uint8Array.of(0x0a, 0xff))).toThrow('ends too early');
});

test('arbitrary bytes are decoded or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (input) => {
      try {
        decodeMessage(planResponse, input);
      } catch (thrown) {
        expect(String(thrown)).toMatch(/protobuf|invalid/i);
      }
    }),
  );
});

test('fields that a newer Terraform sends are skipped', () => {
  const newer: Message<{ name: string; extra: string; number: number }> = {
    name: text(1),
    extra: text(900),
    number: int(901),
  };
  const encoded = encodeMessage(newer, { name: 'x', extra: 'y', number: 7 });
  expect(decodeMessage(sample, encoded)).toMatchObject({ name: 'x', size: 0 });
});

test('the first element of a list keeps its index in a path', () => {
  const steps = [
    { attributeName: 'mirrors', elementKeyString: undefined, elementKeyInt: undefined },
    { attributeName: undefined, elementKeyString: undefined, elementKeyInt: 0 },
  ];
  expect(decodeMessage<WirePath>(path, encodeMessage(path, { steps }))).toEqual({ steps });
});
