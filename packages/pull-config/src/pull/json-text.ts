import { type LineIndex, lineIndex, type SourceSpan } from '@pullpath/diagnostics';

/**
 * A JSON value with what `JSON.parse` drops: the order of members, repeated keys and places. `start` and `end` are
 * UTF-16 offsets into the text.
 */
export type JsonNode = JsonPlace &
  (
    | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
    | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'literal'; readonly value: true | false | null }
  );

export interface JsonPlace {
  readonly start: number;
  readonly end: number;
}

export interface JsonMember {
  readonly key: string;
  readonly keyPlace: JsonPlace;
  readonly value: JsonNode;
}

export type JsonResult =
  | { readonly ok: true; readonly node: JsonNode }
  | { readonly ok: false; readonly message: string; readonly at: JsonPlace };

/** Nesting that Go's `encoding/json` accepts. */
const depthLimit = 10_000;

/**
 * Reads a JSON text by the rules of RFC 8259 as Go's `encoding/json` applies them: a lone surrogate in an escape reads
 * as U+FFFD, deeper nesting than 10,000 is refused. One pass, no recursion.
 */
export function parseJsonText(text: string): JsonResult {
  try {
    return { ok: true, node: new JsonReader(text).document() };
  } catch (error) {
    if (error instanceof JsonSyntaxFault) return { ok: false, message: error.message, at: error.at };
    throw error;
  }
}

/** The span of one place. For many places of one text, `jsonSpans` costs less. */
export function jsonSpan(file: string, text: string, place: JsonPlace): SourceSpan {
  return jsonSpans(file, text)(place);
}

/** Spans of places of one text, whose lines are looked for once, when the first span is asked for. */
export function jsonSpans(file: string, text: string): (place: JsonPlace) => SourceSpan {
  let lines: LineIndex | undefined;
  return ({ start, end }) => {
    lines ??= lineIndex(text);
    return { file, start: lines.position(start), end: lines.position(end) };
  };
}

/** The last member of that exact name, which is the one that counts where repeats are allowed. */
export function jsonMember(node: JsonNode, key: string): JsonNode | undefined {
  return node.kind === 'object' ? node.members.findLast((member) => member.key === key)?.value : undefined;
}

class JsonSyntaxFault extends Error {
  readonly at: JsonPlace;
  constructor(message: string, at: JsonPlace) {
    super(message);
    this.at = at;
  }
}

interface OpenContainer {
  readonly start: number;
  readonly items?: JsonNode[];
  readonly members?: JsonMember[];
  key?: { readonly text: string; readonly place: JsonPlace };
}

const literals: readonly (readonly [string, true | false | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class JsonReader {
  readonly #text: string;
  readonly #open: OpenContainer[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonNode {
    const node = this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail('unexpected text after the JSON value');
    return node;
  }

  #value(): JsonNode {
    for (;;) {
      this.#space();
      const opened = this.#openContainer();
      let done = opened ? this.#closeEmpty() : this.#scalar();
      while (done !== undefined) {
        const container = this.#open.at(-1);
        if (container === undefined) return done;
        done = this.#append(container, done);
      }
    }
  }

  #openContainer(): boolean {
    const character = this.#text[this.#at];
    if (character !== '{' && character !== '[') return false;
    if (this.#open.length >= depthLimit) this.#fail(`nesting is deeper than ${depthLimit}`);
    this.#open.push(character === '{' ? { start: this.#at, members: [] } : { start: this.#at, items: [] });
    this.#at++;
    return true;
  }

  /** The container just opened when it is empty; otherwise undefined, standing at its first value. */
  #closeEmpty(): JsonNode | undefined {
    const container = this.#open.at(-1) as OpenContainer;
    this.#space();
    if (this.#text[this.#at] === (container.members ? '}' : ']')) return this.#close(container);
    if (container.members) this.#key(container);
    return undefined;
  }

  /** Adds a finished value; the container itself when that ends it, otherwise undefined, standing at its next value. */
  #append(container: OpenContainer, value: JsonNode): JsonNode | undefined {
    container.items?.push(value);
    if (container.key) container.members?.push({ key: container.key.text, keyPlace: container.key.place, value });
    this.#space();
    if (this.#text[this.#at] === (container.members ? '}' : ']')) return this.#close(container);
    this.#expect(',');
    if (container.members) this.#key(container);
    return undefined;
  }

  #close({ start, items, members }: OpenContainer): JsonNode {
    this.#at++;
    this.#open.pop();
    const end = this.#at;
    return members ? { kind: 'object', members, start, end } : { kind: 'array', items: items ?? [], start, end };
  }

  #key(container: OpenContainer): void {
    this.#space();
    const start = this.#at;
    if (this.#text[start] !== '"') this.#fail('a key in double quotes is missing');
    const text = this.#string();
    container.key = { text, place: { start, end: this.#at } };
    this.#space();
    this.#expect(':');
  }

  #scalar(): JsonNode {
    const start = this.#at;
    if (this.#text[start] === '"') return { kind: 'string', value: this.#string(), start, end: this.#at };
    for (const [word, value] of literals) {
      if (!this.#text.startsWith(word, start)) continue;
      this.#at += word.length;
      return { kind: 'literal', value, start, end: this.#at };
    }
    this.#number();
    return { kind: 'number', text: this.#text.slice(start, this.#at), start, end: this.#at };
  }

  #number(): void {
    if (this.#text[this.#at] === '-') this.#at++;
    if (this.#text[this.#at] === '0') this.#at++;
    else this.#digits('a JSON value is missing');
    if (this.#text[this.#at] === '.') {
      this.#at++;
      this.#digits('digits are missing after the point');
    }
    if (this.#text[this.#at] === 'e' || this.#text[this.#at] === 'E') {
      this.#at++;
      if (this.#text[this.#at] === '+' || this.#text[this.#at] === '-') this.#at++;
      this.#digits('digits are missing in the exponent');
    }
  }

  #digits(otherwise: string): void {
    const start = this.#at;
    while (isDigit(this.#text.charCodeAt(this.#at))) this.#at++;
    if (this.#at === start) this.#fail(otherwise);
  }

  #string(): string {
    let value = '';
    let from = ++this.#at;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) this.#fail('a string is not closed');
      if (character < ' ') this.#fail('a control character stands in a string');
      if (character === '"' || character === '\\') value += this.#text.slice(from, this.#at);
      this.#at++;
      if (character === '"') return value;
      if (character !== '\\') continue;
      value += this.#escape();
      from = this.#at;
    }
  }

  #escape(): string {
    const character = this.#text[this.#at++];
    if (character === 'u') return this.#unicodeEscape();
    const plain = '"\\/bfnrt'.indexOf(character ?? '?');
    if (plain === -1) this.#fail('an escape sequence is not known');
    return '"\\/\b\f\n\r\t'.charAt(plain);
  }

  #unicodeEscape(): string {
    const unit = this.#fourHexDigits();
    if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
    if (unit > 0xdbff || !this.#text.startsWith('\\u', this.#at)) return '\ufffd';
    const after = this.#at;
    this.#at += 2;
    const low = this.#fourHexDigits();
    if (low >= 0xdc00 && low <= 0xdfff) return String.fromCharCode(unit, low);
    // Not a pair: the second escape stands for itself.
    this.#at = after;
    return '\ufffd';
  }

  #fourHexDigits(): number {
    const digits = this.#text.slice(this.#at, this.#at + 4);
    if (digits.length < 4 || Array.from(digits).some((digit) => !'0123456789abcdefABCDEF'.includes(digit)))
      this.#fail('four hexadecimal digits are missing after \\u');
    this.#at += 4;
    return Number.parseInt(digits, 16);
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? '?')) this.#at++;
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) this.#fail(`a "${character}" is missing`);
    this.#at++;
  }

  #fail(what: string): never {
    if (this.#at >= this.#text.length) throw new JsonSyntaxFault('the JSON text ends early', this.#placeHere());
    throw new JsonSyntaxFault(what, this.#placeHere());
  }

  #placeHere(): JsonPlace {
    return { start: Math.min(this.#at, this.#text.length), end: Math.min(this.#at + 1, this.#text.length) };
  }
}

function isDigit(character: number): boolean {
  return character >= 0x30 && character <= 0x39;
}
