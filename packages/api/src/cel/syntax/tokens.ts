import { Uint } from '../run/values.ts';
import type { Issue } from './issue.ts';
import { bytesOf, textOf } from './string-literal.ts';
import { SyntaxFault } from './syntax-fault.ts';

/** A token of CEL. `text` is the sign or the name; a literal has a value. */
export interface Token {
  readonly kind: 'sign' | 'name' | 'literal' | 'end' | 'bad';
  readonly text: string;
  readonly value?: unknown;
  readonly at: number;
  readonly end: number;
}

const signs = ['==', '!=', '<=', '>=', '&&', '||', ...'<>+-*/%!?:.,()[]{}'.split('')];

/** In characters (cel-go `defaultExpressionSizeCodePointLimit`). */
const longestSource = 100_000;

/** The tokens of an expression with an end token, and what is none. Linear. */
export function tokensOf(source: string): { readonly tokens: Token[]; readonly issues: Issue[] } {
  if (source.length > longestSource) {
    throw new SyntaxFault(
      `expression code point size exceeds limit: size: ${source.length}, limit ${longestSource}`,
      0,
    );
  }
  const tokens: Token[] = [];
  const issues: Issue[] = [];
  for (let at = skipBlank(source, 0); at < source.length; ) {
    const token = tokenAt(source, at);
    if (token.kind === 'bad') issues.push(badToken(token));
    else tokens.push(token);
    at = skipBlank(source, token.end);
  }
  tokens.push({ kind: 'end', text: '<EOF>', at: source.length, end: source.length });
  return { tokens, issues };
}

/** What is no token is left out, and the rest is read on. */
function badToken({ text, at }: Token): Issue {
  return { at, message: `Syntax error: token recognition error at: '${text}'` };
}

function bad(source: string, at: number, end: number): Token {
  return { kind: 'bad', text: source.slice(at, end), at, end };
}

function skipBlank(source: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < source.length && ' \t\r\n\f'.includes(source[at] ?? '')) at++;
    if (!source.startsWith('//', at)) return at;
    at = endOfLine(source, at);
  }
}

function tokenAt(source: string, at: number): Token {
  const text = stringAt(source, at);
  if (text) return text;
  const first = source[at] ?? '';
  if (/[A-Za-z_]/.test(first)) return nameAt(source, at);
  if (/[0-9]/.test(first) || (first === '.' && /[0-9]/.test(source[at + 1] ?? ''))) return numberAt(source, at);
  if (first === '`') return quotedNameAt(source, at);
  const sign = signs.find((candidate) => source.startsWith(candidate, at));
  if (sign !== undefined) return { kind: 'sign', text: sign, at, end: at + sign.length };
  return bad(source, at, first === '=' || first === '&' || first === '|' ? at + 2 : at + 1);
}

const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function nameAt(source: string, at: number): Token {
  let end = at + 1;
  while (end < source.length && /[A-Za-z0-9_]/.test(source[end] ?? '')) end++;
  const text = source.slice(at, end);
  if (words.has(text)) return { kind: 'literal', text, value: words.get(text), at, end };
  return { kind: text === 'in' ? 'sign' : 'name', text, at, end };
}

function quotedNameAt(source: string, at: number): Token {
  const close = source.indexOf('`', at + 1);
  const text = source.slice(at + 1, close === -1 ? source.length : close);
  if (close === -1 || text === '') return bad(source, at, at + 1);
  return { kind: 'name', text, at, end: close + 1 };
}

function numberAt(source: string, at: number): Token {
  const hex = /^0x[0-9a-fA-F]+u?/.exec(source.slice(at, at + 40));
  if (hex) return integer(source, at, hex[0]);
  let end = at;
  const digits = (): void => {
    while (/[0-9]/.test(source[end] ?? '')) end++;
  };
  digits();
  const whole = end;
  if (source[end] === '.' && /[0-9]/.test(source[end + 1] ?? '')) {
    end++;
    digits();
  }
  const exponent = /^[eE][+-]?[0-9]/.exec(source.slice(end, end + 3));
  if (exponent) {
    end += exponent[0].length;
    digits();
  }
  if (end === whole)
    return integer(source, at, source.slice(at, source[end] === 'u' || source[end] === 'U' ? end + 1 : end));
  return { kind: 'literal', text: source.slice(at, end), value: Number(source.slice(at, end)), at, end };
}

function integer(_source: string, at: number, text: string): Token {
  const end = at + text.length;
  if (!/[uU]$/.test(text)) return { kind: 'literal', text, value: BigInt(text), at, end };
  const value = BigInt(text.slice(0, -1));
  if (value >= 1n << 64n) throw new SyntaxFault('invalid uint literal', at);
  return { kind: 'literal', text, value: new Uint(value), at, end };
}

function stringAt(source: string, at: number): Token | undefined {
  const prefix = /^[rR]?[bB]?[rR]?(?=["'])/.exec(source.slice(at, at + 3))?.[0];
  if (prefix === undefined || /[rR].*[rR]/.test(prefix)) return undefined;
  const open = at + prefix.length;
  const quote = source[open] ?? '';
  const delimiter = source.startsWith(quote.repeat(3), open) ? quote.repeat(3) : quote;
  const raw = /[rR]/.test(prefix);
  const close = closeOf(source, open + delimiter.length, delimiter, raw);
  if (close === -1) return bad(source, at, endOfLine(source, at));
  const inner = source
    .slice(open + delimiter.length, close)
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n');
  const value = /[bB]/.test(prefix) ? bytesOf(inner, raw, at) : textOf(inner, raw, at);
  const end = close + delimiter.length;
  return { kind: 'literal', text: source.slice(at, end), value, at, end };
}

function closeOf(source: string, from: number, delimiter: string, raw: boolean): number {
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\' && !raw) at++;
    else if (source.startsWith(delimiter, at)) return at;
    else if (source[at] === '\n' && delimiter.length === 1) break;
  }
  return -1;
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end === -1 ? source.length : end;
}
