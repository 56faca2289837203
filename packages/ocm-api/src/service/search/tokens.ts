import { badRequest } from '../refusal.ts';

/** One word of a search; `at` counts characters from 1. */
export type Token =
  | { readonly kind: 'name' | 'text' | 'number' | 'operator'; readonly value: string; readonly at: number }
  | { readonly kind: '(' | ')' | ',' | 'end'; readonly value: string; readonly at: number };

const longest = 4096;

/** Cuts a search into its words; each character is looked at once. Throws a 400 for what is none. */
export function tokensOf(search: string): readonly Token[] {
  if (search.length > longest) throw badRequest(`The search has more than ${longest} characters`);
  const tokens: Token[] = [];
  let from = 0;
  while (from < search.length) {
    const [token, next] = tokenAt(search, from);
    if (token) tokens.push(token);
    from = next;
  }
  return [...tokens, { kind: 'end', value: 'the end', at: search.length + 1 }];
}

function tokenAt(search: string, from: number): readonly [Token | undefined, number] {
  const char = search[from] ?? '';
  const at = from + 1;
  if (isBlank(char)) return [undefined, at];
  if (char === '(' || char === ')' || char === ',') return [{ kind: char, value: char, at }, at];
  if (char === "'") return textAt(search, from);
  if ('=<>!'.includes(char)) return operatorAt(search, from);
  const end = endOf(search, from, isNamePart);
  if (end === from) throw badRequest(`The search has '${char}' at ${at}, which means nothing there`);
  const value = search.slice(from, end);
  return [{ kind: isNumber(value) ? 'number' : 'name', value, at }, end];
}

/** A quote inside is doubled, as in SQL. */
function textAt(search: string, from: number): readonly [Token, number] {
  const parts: string[] = [];
  let start = from + 1;
  for (;;) {
    const quote = search.indexOf("'", start);
    if (quote < 0) throw badRequest(`The search has a text at ${from + 1} that does not end`);
    parts.push(search.slice(start, quote));
    if (search[quote + 1] !== "'") return [{ kind: 'text', value: parts.join("'"), at: from + 1 }, quote + 1];
    start = quote + 2;
  }
}

function operatorAt(search: string, from: number): readonly [Token, number] {
  const two = search.slice(from, from + 2);
  const value = ['!=', '<>', '<=', '>='].includes(two) ? two : two.charAt(0);
  if (value === '!') throw badRequest(`The search has '!' at ${from + 1}, which means nothing there`);
  return [{ kind: 'operator', value, at: from + 1 }, from + value.length];
}

function endOf(search: string, from: number, belongs: (char: string) => boolean): number {
  let end = from;
  while (end < search.length && belongs(search.charAt(end))) end++;
  return end;
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r';
}

function isNamePart(char: string): boolean {
  return /[\w.-]/.test(char);
}

function isNumber(value: string): boolean {
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(value);
}
