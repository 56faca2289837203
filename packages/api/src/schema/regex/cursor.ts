/** Reads a pattern code point by code point. */
export class Cursor {
  readonly text: string;
  readonly codes: readonly number[];
  at = 0;
  /** Capturing groups opened so far. */
  groups = 0;

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

  /** The pattern's text between two positions. */
  slice(from: number, to: number = this.at): string {
    return String.fromCodePoint(...this.codes.slice(from, to));
  }
}
