import type { CallExpr, Expr, MapEntry } from './ast.ts';
import type { Issue } from './issue.ts';
import { expandMacro } from './macros.ts';
import { SyntaxFault } from './syntax-fault.ts';
import { type Token, tokensOf } from './tokens.ts';

export type Parsed = { readonly expr: Expr } | { readonly issues: readonly Issue[] };

const deepest = 250;
const reserved = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);

/** Reads an expression and expands its macros. Depth is bounded, time is linear. */
export function parseExpression(source: string): Parsed {
  try {
    const { tokens, issues } = tokensOf(source);
    const parsed = parseTokens(tokens);
    return issues.length > 0 ? { issues: 'issues' in parsed ? [...issues, ...parsed.issues] : issues } : parsed;
  } catch (error) {
    if (error instanceof SyntaxFault) return { issues: [error.issue] };
    throw error;
  }
}

function parseTokens(tokens: readonly Token[]): Parsed {
  try {
    return { expr: new Parser(tokens).whole() };
  } catch (error) {
    if (error instanceof SyntaxFault) return { issues: [error.issue] };
    throw error;
  }
}

/** What an expression may begin with, as cel-go's parser lists it. */
const starters =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

const argumentStarters = starters.replace("'(', ", "'(', ')', ");

function startsExpression({ kind, text }: Token): boolean {
  return kind === 'name' || kind === 'literal' || (kind === 'sign' && '[{(.-!'.includes(text));
}

const comparisons = ['<', '<=', '>=', '>', '==', '!=', 'in'];

/** One pass over the tokens of an expression. */
class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expr {
    const expr = this.#expression();
    if (this.#peek().kind !== 'end') throw this.#unexpected('<EOF>', ({ kind }) => kind === 'end');
    return expr;
  }

  #expression(): Expr {
    if (++this.#depth > deepest) throw tooDeep(this.#peek());
    const condition = this.#or();
    const mark = this.#take('?');
    const expr = mark ? call('_?_:_', mark.at, [condition, this.#or(), this.#otherwise()]) : condition;
    this.#depth--;
    return expr;
  }

  #otherwise(): Expr {
    this.#expect(':');
    return this.#expression();
  }

  #or(): Expr {
    return this.#logical('||', () => this.#logical('&&', () => this.#chain(comparisons, () => this.#sum())));
  }

  /** A long chain becomes a tree of little depth, as in cel-go. */
  #logical(sign: string, operand: () => Expr): Expr {
    const terms = [operand()];
    const marks: Token[] = [];
    for (let mark = this.#take(sign); mark; mark = this.#take(sign)) {
      marks.push(mark);
      terms.push(operand());
    }
    return balanced(terms, marks, 0, marks.length - 1);
  }

  #sum(): Expr {
    return this.#chain(['+', '-'], () => this.#chain(['*', '/', '%'], () => this.#unary()));
  }

  #chain(signs: readonly string[], operand: () => Expr): Expr {
    let left = operand();
    let links = 0;
    for (let sign = this.#take(...signs); sign; sign = this.#take(...signs)) {
      if (++links > deepest) throw tooDeep(sign);
      left = call(sign.text === 'in' ? '@in' : `_${sign.text}_`, sign.at, [left, operand()]);
    }
    return left;
  }

  #unary(): Expr {
    const first = this.#take('!', '-');
    if (!first) return this.#member(this.#primary());
    const next = this.#peek();
    if (first.text === '-' && next.kind === 'literal' && isNumber(next.value)) {
      this.#next++;
      return this.#member(literal(typeof next.value === 'bigint' ? -next.value : -Number(next.value), first.at));
    }
    let odd = true;
    while (this.#take(first.text)) odd = !odd;
    const operand = this.#member(this.#primary());
    return odd ? call(first.text === '!' ? '!_' : '-_', first.at, [operand]) : operand;
  }

  #member(first: Expr): Expr {
    let expr = first;
    let links = 0;
    for (let sign = this.#take('.', '['); sign; sign = this.#take('.', '[')) {
      if (++links > deepest) throw tooDeep(sign);
      expr = sign.text === '.' ? this.#select(expr, sign) : this.#index(expr, sign);
    }
    return expr;
  }

  #select(operand: Expr, dot: Token): Expr {
    const optional = this.#take('?') !== undefined;
    const { text: field, at } = this.#fieldName();
    const open = optional ? undefined : this.#take('(');
    if (optional) return call('_?._', dot.at, [operand, literal(field, at)]);
    if (!open) return { kind: 'select', operand, field, testOnly: false, at: dot.at };
    return expandMacro({ kind: 'call', name: field, target: operand, args: this.#items(')'), at: open.at });
  }

  #index(operand: Expr, open: Token): Expr {
    const optional = this.#take('?') !== undefined;
    const index = this.#expression();
    this.#expect(']');
    return call(optional ? '_[?_]' : '_[_]', open.at, [operand, index]);
  }

  #primary(): Expr {
    const token = this.#peek();
    if (token.kind === 'literal') {
      this.#next++;
      return literal(inRange(token), token.at);
    }
    if (this.#take('(')) {
      const inner = this.#expression();
      this.#expect(')');
      return inner;
    }
    if (this.#take('[')) return this.#list(token);
    if (this.#take('{')) return this.#map(token);
    return this.#named();
  }

  #named(): Expr {
    const dot = this.#take('.');
    const { text, at } = this.#name();
    if (reserved.has(text)) throw new SyntaxFault(`reserved identifier: ${text}`, at);
    const name = dot ? `.${text}` : text;
    const open = this.#take('(');
    if (!open) return { kind: 'ident', name, at: dot?.at ?? at };
    return expandMacro({ kind: 'call', name, target: undefined, args: this.#items(')'), at: open.at });
  }

  #items(close: string): Expr[] {
    const items: Expr[] = [];
    while (!this.#take(close)) {
      if (items.length > 0) this.#argumentSeparator(close);
      else if (!startsExpression(this.#peek())) throw this.#unexpected(argumentStarters, startsExpression);
      items.push(this.#expression());
    }
    return items;
  }

  #argumentSeparator(close: string): void {
    if (!this.#take(',')) this.#expect(close);
  }

  #separator(close: string): void {
    if (!this.#take(',')) throw this.#unexpected(`{'${close}', ','}`, ({ text }) => text === close || text === ',');
  }

  #list({ at }: Token): Expr {
    const elements: Expr[] = [];
    const optional = new Set<number>();
    while (!this.#take(']')) {
      if (elements.length > 0) this.#separator(']');
      if (elements.length > 0 && this.#take(']')) break;
      if (this.#take('?')) optional.add(elements.length);
      elements.push(this.#expression());
    }
    return { kind: 'list', elements, optional, at };
  }

  #map({ at }: Token): Expr {
    const entries: MapEntry[] = [];
    while (!this.#take('}')) {
      if (entries.length > 0) this.#separator('}');
      if (entries.length > 0 && this.#take('}')) break;
      const optional = this.#take('?') !== undefined;
      const key = this.#expression();
      this.#expect(':');
      entries.push({ key, value: this.#expression(), optional });
    }
    return { kind: 'map', entries, at };
  }

  #name(): Token {
    const token = this.#peek();
    if (token.kind !== 'name') throw this.#unexpected(starters, startsExpression);
    this.#next++;
    return token;
  }

  #fieldName(): Token {
    const token = this.#peek();
    if (token.kind === 'name') return this.#name();
    const text = token.kind === 'end' ? '' : token.text;
    throw new SyntaxFault(`Syntax error: no viable alternative at input '.${text}'`, token.at);
  }

  #expect(sign: string): void {
    if (this.#take(sign)) return;
    const { text, at, kind } = this.#peek();
    const follows = sign === ':' ? startsExpression(this.#peek()) : !startsExpression(this.#peek()) || kind === 'end';
    if (follows) throw new SyntaxFault(`Syntax error: missing '${sign}' at '${text}'`, at);
    throw this.#unexpected(`'${sign}'`, (token) => token.text === sign);
  }

  #take(...signs: readonly string[]): Token | undefined {
    const token = this.#peek();
    if (token.kind !== 'sign' || !signs.includes(token.text)) return undefined;
    this.#next++;
    return token;
  }

  #peek(): Token {
    const token = this.#tokens[this.#next];
    if (!token) throw new Error('read past the end token');
    return token;
  }

  /** One token too many is extraneous where what follows is expected; otherwise it is mismatched. */
  #unexpected(expected: string, fits: (token: Token) => boolean): SyntaxFault {
    const { text, at, kind } = this.#peek();
    const next = this.#tokens[this.#next + 1];
    const what = kind !== 'end' && next && fits(next) ? 'extraneous' : 'mismatched';
    return new SyntaxFault(`Syntax error: ${what} input '${text}' expecting ${expected}`, at);
  }
}

function tooDeep({ at }: Token): SyntaxFault {
  return new SyntaxFault('expression recursion limit exceeded: 250', at);
}

function balanced(terms: readonly Expr[], marks: readonly Token[], low: number, high: number): Expr {
  const middle = Math.floor((low + high + 1) / 2);
  const mark = marks[middle];
  const alone = (index: number): Expr => {
    const term = terms[index];
    if (!term) throw new Error('a chain has one term more than it has signs');
    return term;
  };
  if (!mark) return alone(0);
  const left = middle === low ? alone(middle) : balanced(terms, marks, low, middle - 1);
  const right = middle === high ? alone(middle + 1) : balanced(terms, marks, middle + 1, high);
  return call(`_${mark.text}_`, mark.at, [left, right]);
}

function isNumber(value: unknown): boolean {
  return typeof value === 'bigint' || typeof value === 'number';
}

function inRange({ value, at }: Token): unknown {
  if (typeof value === 'bigint' && value > 0x7fff_ffff_ffff_ffffn) throw new SyntaxFault('invalid int literal', at);
  return value;
}

function call(name: string, at: number, args: readonly Expr[]): CallExpr {
  return { kind: 'call', name, target: undefined, args, at };
}

function literal(value: unknown, at: number): Expr {
  return { kind: 'literal', value, at };
}
