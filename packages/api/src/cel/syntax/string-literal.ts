import { SyntaxFault } from './syntax-fault.ts';

const simple: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '`': '`',
  '?': '?',
};

/** The text of a string literal without its quotes. Throws `SyntaxFault` for an escape that CEL does not know. */
export function textOf(inner: string, raw: boolean, at: number): string {
  return raw
    ? inner
    : unescaped(
        inner,
        at,
        (code) => String.fromCodePoint(code),
        (code) => String.fromCodePoint(code),
      ).join('');
}

/** The bytes of a bytes literal: `\x` and octal escapes are bytes, everything else is UTF-8. */
export function bytesOf(inner: string, raw: boolean, at: number): Uint8Array {
  const encoder = new TextEncoder();
  if (raw) return encoder.encode(inner);
  const parts = unescaped<Uint8Array>(
    inner,
    at,
    (code) => Uint8Array.of(code),
    (code) => encoder.encode(String.fromCodePoint(code)),
  );
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

function unescaped<T>(inner: string, at: number, byte: (code: number) => T, character: (code: number) => T): T[] {
  const parts: T[] = [];
  for (let index = 0; index < inner.length; ) {
    if (inner[index] !== '\\') {
      const code = inner.codePointAt(index) ?? 0;
      parts.push(character(code));
      index += code > 0xffff ? 2 : 1;
      continue;
    }
    const rest = inner.slice(index + 1, index + 10);
    const known = simple[rest[0] ?? ''];
    const number = /^(?:[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/.exec(rest);
    if (known !== undefined) parts.push(character(known.codePointAt(0) ?? 0));
    else if (number) parts.push(numbered(number, at, byte, character));
    else throw new SyntaxFault('Syntax error: unable to unescape string', at);
    index += 1 + (known === undefined ? (number?.[0].length ?? 1) : 1);
  }
  return parts;
}

function numbered<T>(match: RegExpExecArray, at: number, byte: (code: number) => T, character: (code: number) => T): T {
  const [, hex, short, long, octal] = match;
  if (hex !== undefined) return byte(Number.parseInt(hex, 16));
  if (octal !== undefined) return byte(Number.parseInt(octal, 8));
  const code = Number.parseInt(short ?? long ?? '0', 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    throw new SyntaxFault('Syntax error: unable to unescape string', at);
  return character(code);
}
