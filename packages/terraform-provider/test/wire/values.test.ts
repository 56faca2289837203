import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conform } from '../../src/wire/types.ts';
import { decodeValue, encodeValue, equal, hasUnknown, unknown, type Value } from '../../src/wire/values.ts';

const dynamic = (hex: string) => ({ msgpack: Buffer.from(hex, 'hex'), json: new Uint8Array() });

test('every extension is an unknown value, whatever core tells about it', () => {
  expect(decodeValue(dynamic('d40000'))).toBe(unknown);
  expect(decodeValue(dynamic('c7090c8201c202a47372632f'))).toBe(unknown);
  expect(decodeValue(dynamic('d40500'))).toBe(unknown);
});

test('an unknown is sent as extension 0 with one byte', () => {
  expect(Buffer.from(encodeValue({ id: unknown }).msgpack).toString('hex')).toBe('81a26964d40000');
});

test('an absent value is null; JSON is read where core sends it', () => {
  expect(decodeValue(undefined)).toBe(null);
  expect(decodeValue(dynamic(''))).toBe(null);
  expect(decodeValue({ msgpack: new Uint8Array(), json: Buffer.from('{"a":[1,"x",null]}') })).toEqual({
    a: [1, 'x', null],
  });
});

const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Value>(null, true, false, unknown),
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

test('values survive the wire, unknown parts included', () => {
  fc.assert(
    fc.property(values, (value) => {
      const read = decodeValue(encodeValue(value));
      expect(equal(read, value)).toBe(true);
      expect(hasUnknown(read)).toBe(hasUnknown(value));
    }),
  );
});

test('a value takes the shape of its type: missing attributes null, others gone, numbers from text', () => {
  const type = ['object', { size: 'number', on: 'bool', names: ['list', 'string'], more: ['map', 'string'] }] as const;
  const value = { size: '9007199254740991', on: 'true', names: ['a', unknown], old: 'x' };
  expect(conform(type, value)).toEqual({ size: 9007199254740991, on: true, names: ['a', unknown], more: null });
});
