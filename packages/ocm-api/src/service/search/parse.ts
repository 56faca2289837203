import { badRequest, type Refusal } from '../refusal.ts';
import type { Expression, Literal, Operator } from './expression.ts';
import { type Token, tokensOf } from './tokens.ts';

const deepest = 32;

/**
 * Reads a search: `field op literal` with `= != <> < > <= >= like ilike in`, `and`, `or`, `not` and parentheses; texts in
 * single quotes with doubled quotes inside; names with dots; words in either case (terraform-ocm 2.1). Throws a 400 for a
 * fault, and for a field that `isField` does not know.
 */
export function parseSearch(search: string, isField: (name: string) => boolean): Expression | undefined {
  const reader = new Reader(tokensOf(search));
  if (reader.isAtEnd) return undefined;
  const expression = either(reader, isField, 0);
  if (!reader.isAtEnd) throw reader.unexpected('and, or, or the end');
  return expression;
}

type IsField = (name: string) => boolean;

function either(reader: Reader, isField: IsField, depth: number): Expression {
  return joined(reader, 'or', () => joined(reader, 'and', () => negated(reader, isField, depth)));
}

function joined(reader: Reader, kind: 'and' | 'or', read: () => Expression): Expression {
  const terms = [read()];
  while (reader.takeWord(kind)) terms.push(read());
  return terms.length === 1 && terms[0] ? terms[0] : { kind, terms };
}

function negated(reader: Reader, isField: IsField, depth: number): Expression {
  if (depth > deepest) throw badRequest(`The search is nested more than ${deepest} levels deep`);
  if (reader.takeWord('not')) return { kind: 'not', term: negated(reader, isField, depth + 1) };
  if (!reader.take('(')) return comparison(reader, isField);
  const inner = either(reader, isField, depth + 1);
  if (!reader.take(')')) throw reader.unexpected("')'");
  return inner;
}

function comparison(reader: Reader, isField: IsField): Expression {
  const { kind, value: field } = reader.peek;
  if (kind !== 'name') throw reader.unexpected('the name of a field');
  if (!isField(field)) throw badRequest(`'${field}' is not a field that can be searched`);
  reader.next();
  const isNot = reader.takeWord('not');
  const found = reader.takeWord('in') ? listed(reader, field) : compared(reader, field);
  if (isNot && found.kind === 'compare' && !['like', 'ilike'].includes(found.operator))
    throw reader.unexpected('in, like or ilike after not');
  return isNot ? { kind: 'not', term: found } : found;
}

function listed(reader: Reader, field: string): Expression {
  if (!reader.take('(')) throw reader.unexpected("'('");
  const values = [literal(reader)];
  while (reader.take(',')) values.push(literal(reader));
  if (!reader.take(')')) throw reader.unexpected("',' or ')'");
  return { kind: 'in', field, values };
}

function compared(reader: Reader, field: string): Expression {
  return { kind: 'compare', field, operator: operator(reader), value: literal(reader) };
}

function operator(reader: Reader): Operator {
  if (reader.takeWord('like')) return 'like';
  if (reader.takeWord('ilike')) return 'ilike';
  const { kind, value } = reader.peek;
  if (kind !== 'operator') throw reader.unexpected('an operator');
  reader.next();
  return value === '<>' ? '!=' : (value as Operator);
}

function literal(reader: Reader): Literal {
  const { kind, value } = reader.peek;
  const word = value.toLowerCase();
  if (kind === 'text') return reader.next().value;
  if (kind === 'number') return Number(reader.next().value);
  if (kind !== 'name' || (word !== 'true' && word !== 'false')) throw reader.unexpected('a value');
  reader.next();
  return word === 'true';
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get peek(): Token {
    const token = this.#tokens[this.#at] ?? this.#tokens.at(-1);
    if (!token) throw new Error('a search always ends with a token');
    return token;
  }

  get isAtEnd(): boolean {
    return this.peek.kind === 'end';
  }

  next(): Token {
    const token = this.peek;
    this.#at++;
    return token;
  }

  take(kind: Token['kind']): boolean {
    const found = this.peek.kind === kind;
    if (found) this.#at++;
    return found;
  }

  takeWord(word: string): boolean {
    const { kind, value } = this.peek;
    const found = kind === 'name' && value.toLowerCase() === word;
    if (found) this.#at++;
    return found;
  }

  unexpected(expected: string): Refusal {
    const { value, at } = this.peek;
    return badRequest(`The search is wrong at ${at}: expected ${expected} but got '${value}'`);
  }
}
