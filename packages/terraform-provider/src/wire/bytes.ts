/** Builds protobuf bytes. */
export class ByteWriter {
  readonly #parts: Uint8Array[] = [];

  /** The tag of a field. */
  tag(field: number, wireType: number): this {
    return this.varint(field * 8 + wireType);
  }

  /** A whole number, negative ones as 64-bit two's complement. */
  varint(value: number): this {
    const digits: number[] = [];
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 0x7fn; rest >>= 7n) digits.push(Number(rest & 0x7fn) | 0x80);
    this.#parts.push(Uint8Array.from([...digits, Number(rest)]));
    return this;
  }

  /** Bytes behind their length. */
  block(bytes: Uint8Array): this {
    this.varint(bytes.length);
    this.#parts.push(bytes);
    return this;
  }

  finish(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}

/** Walks over protobuf bytes; throws where they end too early. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** A signed 64-bit number. */
  varint(): number {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const digit = this.take(1)[0] ?? 0;
      value |= BigInt(digit & 0x7f) << shift;
      if (digit < 0x80) return Number(BigInt.asIntN(64, value));
    }
    throw new Error('protobuf: a number is longer than 64 bits');
  }

  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (length < 0 || end > this.#bytes.length) throw new Error('protobuf: the message ends too early');
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}
