import { badRequest } from '../status/status.ts';

/** One field of an encoded message: its number, and a number (varint), eight or four bytes, or a run of bytes. */
export interface WireField {
  readonly number: number;
  readonly value: bigint | Buffer;
}

/** The fields of an encoded message in their order. Throws `ApiError` 400 where it is cut short or malformed; linear. */
export function readWire(bytes: Buffer): WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [tag, afterTag] = readVarint(bytes, at);
    const { value, end } = readValue(bytes, afterTag, Number(tag & 7n));
    fields.push({ number: Number(tag >> 3n), value });
    at = end;
  }
  return fields;
}

function readValue(bytes: Buffer, at: number, wireType: number): { value: bigint | Buffer; end: number } {
  if (wireType === 0) {
    const [value, end] = readVarint(bytes, at);
    return { value, end };
  }
  if (wireType === 1) return slice(bytes, at, 8);
  if (wireType === 5) return slice(bytes, at, 4);
  if (wireType !== 2) throw malformed(`wire type ${wireType}`);
  const [length, start] = readVarint(bytes, at);
  return slice(bytes, start, Number(length));
}

function slice(bytes: Buffer, start: number, length: number): { value: Buffer; end: number } {
  const end = start + length;
  if (end > bytes.length) throw malformed('unexpected EOF');
  return { value: bytes.subarray(start, end), end };
}

function readVarint(bytes: Buffer, start: number): [bigint, number] {
  let value = 0n;
  for (let at = start; at < start + 10; at++) {
    const byte = bytes[at];
    if (byte === undefined) throw malformed('unexpected EOF');
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - start));
    if (byte < 0x80) return [value, at + 1];
  }
  throw malformed('integer overflow');
}

/** What cannot be decoded, as the real server says it. */
export function malformed(why: string): Error {
  return badRequest(`error decoding: proto: ${why}`);
}
