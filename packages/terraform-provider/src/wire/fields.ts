import type { ByteWriter } from './bytes.ts';
import { decodeMessage, encodeMessage, type Field, type Message, type Occurrence } from './protobuf.ts';

/** `string`. */
export function text(number: number): Field<string> {
  return lengthDelimited(number, '', encodeText, decodeText);
}

/** `bytes`. */
export function bytes(number: number): Field<Uint8Array> {
  return lengthDelimited(number, new Uint8Array(), same, same);
}

/** `bool`. */
export function flag(number: number): Field<boolean> {
  return {
    number,
    empty: false,
    write: (out, value) => value && out.tag(number, 0).varint(1),
    read: (value) => numberOf(value) !== 0,
  };
}

/** `int64` and enumerations, up to 2^53. */
export function int(number: number): Field<number> {
  return {
    number,
    empty: 0,
    write: (out, value) => value !== 0 && out.tag(number, 0).varint(value),
    read: numberOf,
  };
}

/** A message, or undefined where it is absent. */
export function message<T>(number: number, of: Message<T> | (() => Message<T>)): Field<T | undefined> {
  return lengthDelimited<T | undefined>(
    number,
    undefined,
    (value) => (value === undefined ? new Uint8Array() : encodeMessage(resolved(of), value)),
    (read) => decodeMessage(resolved(of), read),
  );
}

/** A member of `oneof`: undefined where it is absent, written even where it is empty. */
export function oneOf<T>(field: Field<T>, writePresent: (out: ByteWriter, value: T) => void): Field<T | undefined> {
  return {
    number: field.number,
    empty: undefined,
    write: (out, value) => value !== undefined && writePresent(out, value),
    read: (value) => field.read(value, field.empty),
  };
}

/** `repeated` messages. */
export function list<T>(number: number, of: Message<T> | (() => Message<T>)): Field<readonly T[]> {
  return {
    number,
    empty: [],
    write: (out, values) => {
      for (const value of values) out.tag(number, 2).block(encodeMessage(resolved(of), value));
    },
    read: (value, before) => [...before, decodeMessage(resolved(of), bytesOf(value))],
  };
}

/** `map<string, message>`, written in the order of the keys. */
export function textMap<T>(number: number, of: Message<T>): Field<ReadonlyMap<string, T>> {
  const entry: Message<{ key: string; value: T | undefined }> = { key: text(1), value: message(2, of) };
  return {
    number,
    empty: new Map(),
    write: (out, values) => {
      for (const [key, value] of values) out.tag(number, 2).block(encodeMessage(entry, { key, value }));
    },
    read: (read, before) => {
      const { key, value } = decodeMessage(entry, bytesOf(read));
      return new Map([...before, [key, value ?? decodeMessage(of, new Uint8Array())]]);
    },
  };
}

// Messages that hold themselves are named by a function.
function resolved<T>(of: Message<T> | (() => Message<T>)): Message<T> {
  return typeof of === 'function' ? of() : of;
}

function lengthDelimited<T>(
  number: number,
  empty: T,
  encode: (value: T) => Uint8Array,
  decode: (value: Uint8Array) => T,
): Field<T> {
  return {
    number,
    empty,
    write: (out, value) => {
      const block = encode(value);
      if (value !== undefined && (block.length > 0 || empty === undefined)) out.tag(number, 2).block(block);
    },
    read: (value) => decode(bytesOf(value)),
  };
}

function numberOf(value: Occurrence): number {
  if (typeof value !== 'number') throw new Error('protobuf: expected a number');
  return value;
}

function bytesOf(value: Occurrence): Uint8Array {
  if (typeof value === 'number') throw new Error('protobuf: expected bytes');
  return value;
}

function encodeText(value: string): Uint8Array {
  return Buffer.from(value, 'utf8');
}

function decodeText(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8');
}

function same(value: Uint8Array): Uint8Array {
  return value;
}
