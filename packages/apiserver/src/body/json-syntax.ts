/** Why a text is no JSON, in the words of Go's `encoding/json`; undefined where nothing is wrong. One pass, no recursion. */
export function syntaxFault(text: string): string | undefined {
  const scanner = new Scanner(text);
  return scanner.run();
}

type Expect = 'value' | 'firstValue' | 'firstKey' | 'key' | 'colon' | 'end';

class Scanner {
  readonly #text: string;
  readonly #open: ('{' | '[')[] = [];
  #at = 0;
  #expect: Expect = 'value';

  constructor(text: string) {
    this.#text = text;
  }

  run(): string | undefined {
    for (;;) {
      this.#skipBlanks();
      if (this.#at >= this.#text.length) return this.#isComplete() ? undefined : unexpectedEnd;
      const fault = this.#step(this.#text[this.#at] as string);
      if (fault !== undefined) return fault;
    }
  }

  #isComplete(): boolean {
    return this.#expect === 'end' && this.#open.length === 0;
  }

  #step(character: string): string | undefined {
    switch (this.#expect) {
      case 'value':
      case 'firstValue':
        return this.#value(character);
      case 'firstKey':
      case 'key':
        return this.#key(character);
      case 'colon':
        if (character !== ':') return this.#invalid('after object key');
        return this.#advance('value');
      case 'end':
        return this.#afterValue(character);
    }
  }

  #value(character: string): string | undefined {
    if (character === ']' && this.#expect === 'firstValue') return this.#close();
    if (character === '{' || character === '[') {
      this.#open.push(character);
      return this.#advance(character === '{' ? 'firstKey' : 'firstValue');
    }
    if (character === '"') return this.#string('end');
    if (character === '-' || isDigit(character)) return this.#number();
    const literal = literals[character];
    return literal === undefined ? this.#invalid('looking for beginning of value') : this.#literal(literal);
  }

  #key(character: string): string | undefined {
    if (character === '}' && this.#expect === 'firstKey') return this.#close();
    return character === '"' ? this.#string('colon') : this.#invalid('looking for beginning of object key string');
  }

  #afterValue(character: string): string | undefined {
    const open = this.#open.at(-1);
    if (open === undefined) return this.#invalid('after top-level value');
    if (character === ',') return this.#advance(open === '{' ? 'key' : 'value');
    if (character === (open === '{' ? '}' : ']')) return this.#close();
    return this.#invalid(open === '{' ? 'after object key:value pair' : 'after array element');
  }

  #close(): undefined {
    this.#open.pop();
    return this.#advance('end');
  }

  #string(next: Expect): string | undefined {
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at] as string;
      if (character === '"') return this.#advance(next);
      if (character < ' ') return this.#invalid('in string literal');
      if (character !== '\\') continue;
      const fault = this.#escape();
      if (fault !== undefined) return fault;
    }
    return unexpectedEnd;
  }

  /** Leaves the scan at the last character of the escape. */
  #escape(): string | undefined {
    const escaped = this.#text[++this.#at];
    if (escaped === undefined) return unexpectedEnd;
    if (escaped !== 'u') return 'bfnrt\\/"'.includes(escaped) ? undefined : this.#invalid('in string escape code');
    for (let left = 4; left > 0; left--) {
      const digit = this.#text[++this.#at];
      if (digit === undefined) return unexpectedEnd;
      if (!/[\da-fA-F]/.test(digit)) return this.#invalid('in \\u hexadecimal character escape');
    }
    return undefined;
  }

  #number(): string | undefined {
    if (this.#text[this.#at] === '-') this.#at++;
    if (!isDigit(this.#text[this.#at])) return this.#invalid('in numeric literal');
    if (this.#text[this.#at] === '0') this.#at++;
    else this.#digits();
    if (this.#text[this.#at] === '.') {
      this.#at++;
      if (!isDigit(this.#text[this.#at])) return this.#invalid('after decimal point in numeric literal');
      this.#digits();
    }
    return this.#exponent();
  }

  #exponent(): string | undefined {
    this.#expect = 'end';
    if (this.#text[this.#at] !== 'e' && this.#text[this.#at] !== 'E') return undefined;
    this.#at++;
    if (this.#text[this.#at] === '+' || this.#text[this.#at] === '-') this.#at++;
    if (!isDigit(this.#text[this.#at])) return this.#invalid('in exponent of numeric literal');
    this.#digits();
    return undefined;
  }

  #digits(): void {
    while (isDigit(this.#text[this.#at])) this.#at++;
  }

  #literal(word: string): string | undefined {
    for (const expected of word.slice(1)) {
      const found = this.#text[++this.#at];
      if (found === undefined) return unexpectedEnd;
      if (found !== expected) return this.#invalid(`in literal ${word} (expecting '${expected}')`);
    }
    return this.#advance('end');
  }

  #advance(expect: Expect): undefined {
    this.#at++;
    this.#expect = expect;
    return undefined;
  }

  #skipBlanks(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? 'x')) this.#at++;
  }

  #invalid(context: string): string {
    if (this.#at >= this.#text.length) return unexpectedEnd;
    return `invalid character ${quoted(String.fromCodePoint(this.#text.codePointAt(this.#at) as number))} ${context}`;
  }
}

const unexpectedEnd = 'unexpected end of JSON input';
const literals: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function quoted(character: string): string {
  if (character === "'") return String.raw`'\''`;
  if (character === '"') return `'"'`;
  return `'${JSON.stringify(character).slice(1, -1)}'`;
}
