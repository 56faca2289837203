import { ByteReader, ByteWriter } from './bytes.ts';

/**
 * One field of a message: how its value is written, and what reading one more occurrence makes of it. proto3 rules:
 * absent is `empty`, empty is not written, unknown fields are skipped, the last scalar wins.
 */
export interface Field<T> {
  readonly number: number;
  readonly empty: T;
  write(out: ByteWriter, value: T): void;
  read(value: Occurrence, before: T): T;
}

/** The fields of a message by property name. */
export type Message<T> = { readonly [K in keyof T]-?: Field<T[K]> };

/** What stands behind one tag: a number, or bytes. */
export type Occurrence = number | Uint8Array;

/** The bytes of a message. */
export function encodeMessage<T>(message: Message<T>, value: T): Uint8Array {
  const out = new ByteWriter();
  for (const name of namesOf(message)) message[name].write(out, value[name]);
  return out.finish();
}

/** Reads a message. Throws on truncated bytes and on a wire type that a field does not have. */
export function decodeMessage<T>(message: Message<T>, bytes: Uint8Array): T {
  const names = namesOf(message);
  const value = Object.fromEntries(names.map((name) => [name, message[name].empty])) as T;
  const byNumber = new Map(names.map((name) => [message[name].number, name]));
  for (const [number, occurrence] of occurrences(new ByteReader(bytes))) {
    const name = byNumber.get(number);
    if (name !== undefined) value[name] = message[name].read(occurrence, value[name]);
  }
  return value;
}

function namesOf<T>(message: Message<T>): (keyof T)[] {
  return Object.keys(message) as (keyof T)[];
}

function* occurrences(reader: ByteReader): Generator<[number, Occurrence]> {
  while (!reader.done) {
    const tag = reader.varint();
    yield [Math.floor(tag / 8), occurrence(reader, tag % 8)];
  }
}

function occurrence(reader: ByteReader, wireType: number): Occurrence {
  if (wireType === 0) return reader.varint();
  if (wireType === 1) return reader.take(8);
  if (wireType === 2) return reader.take(reader.varint());
  if (wireType === 5) return reader.take(4);
  throw new Error(`protobuf: wire type ${wireType} is not in use`);
}
