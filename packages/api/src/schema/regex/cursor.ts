/** Reads a pattern code point by code point. */
export class Cursor {
  readonly text: string;
  readonly codes: readonly number[];
  at = 0;
  /** Capturing groups opened so far. */
  groups = 0;
  /** From here on there is no `:]`. */
  private withoutNameEnd = Number.POSITIVE_INFINITY;

  constructor(text: string) {
    this.text = text;
    this.codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  }

  get done(): boolean {
    return this.at >= this.codes.length;
  }

  /** The character at the given distance, or the empty string past the end. */
  peek(distance = 0): string {
    const code = this.codes[this.at + distance];
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  next(): string {
    const character = this.peek();
    this.at++;
    return character;
  }

  /** Skips `expected` where it stands next. */
  accept(expected: string): boolean {
    for (let index = 0; index < expected.length; index++) if (this.peek(index) !== expected[index]) return false;
    this.at += expected.length;
    return true;
  }

  /** Where the `:]` of a named class stands at or after `from`, or -1. A search in vain is not made again. */
  findNameEnd(from: number): number {
    if (from >= this.withoutNameEnd) return -1;
    for (let at = from; at + 1 < this.codes.length; at++) {
      if (this.codes[at] === 0x3a && this.codes[at + 1] === 0x5d) return at;
    }
    this.withoutNameEnd = from;
    return -1;
  }

  /** The pattern's text between two positions. */
  slice(from: number, to: number = this.at): string {
    return String.fromCodePoint(...this.codes.slice(from, to));
  }
}
