/** Compiled JSONPath of a printer column or a selectable field: the values that it finds, in document order. */
export type JsonPath = (root: unknown) => unknown[];

type Step = (values: readonly unknown[]) => unknown[];

/**
 * Compiles the JSONPath dialect of `k8s.io/client-go/util/jsonpath` without braces: `.a.b`, `['a.b']`, `[0]`, `[-1]`, `[*]`,
 * `.*`, `..a`, `[1:3]` and `[?(@.type=="Ready")]`. Throws `SyntaxError`. One pass over the text, no backtracking.
 */
export function compileJsonPath(text: string): JsonPath {
  const steps = parseSteps(new Cursor(text.startsWith('$') ? text.slice(1) : text), '');
  return (root) => steps.reduce<unknown[]>((values, step) => step(values), [root]);
}

class Cursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get next(): string {
    return this.text[this.at] ?? '';
  }

  take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  while(holds: (character: string) => boolean): string {
    const start = this.at;
    while (this.at < this.text.length && holds(this.text[this.at] as string)) this.at++;
    return this.text.slice(start, this.at);
  }

  skipBlanks(): void {
    this.while((character) => character === ' ');
  }

  expect(token: string): void {
    if (!this.take(token))
      throw new SyntaxError(`expected ${JSON.stringify(token)} at offset ${this.at} of ${this.text}`);
  }
}

/** Steps up to the end, or to a character of `stop` that starts no step. */
function parseSteps(cursor: Cursor, stop: string): Step[] {
  const steps: Step[] = [];
  while (cursor.next !== '' && !stop.includes(cursor.next)) steps.push(parseStep(cursor));
  return steps;
}

function parseStep(cursor: Cursor): Step {
  if (cursor.take('..')) return descend(cursor.next === '[' ? undefined : fieldName(cursor));
  if (cursor.take('[')) return parseBrackets(cursor);
  cursor.expect('.');
  if (cursor.next === '[' || cursor.next === '') return (values) => [...values];
  return cursor.take('*') ? children : member(fieldName(cursor));
}

function fieldName(cursor: Cursor): string {
  const name = cursor.while((character) => !'.[]()=!<>&|@\'" '.includes(character));
  if (name === '') throw new SyntaxError(`expected a field name at offset ${cursor.at} of ${cursor.text}`);
  return name.replaceAll('\\', '');
}

function parseBrackets(cursor: Cursor): Step {
  if (cursor.take('?(')) return parseFilter(cursor);
  if (cursor.take('*')) return closed(cursor, children);
  if (cursor.next === "'" || cursor.next === '"') return closed(cursor, member(quoted(cursor)));
  return closed(cursor, slice(cursor.while((character) => '-0123456789:'.includes(character))));
}

function closed(cursor: Cursor, step: Step): Step {
  cursor.expect(']');
  return step;
}

function quoted(cursor: Cursor): string {
  const quote = cursor.next;
  cursor.at++;
  let text = '';
  while (cursor.next !== quote) {
    if (cursor.next === '') throw new SyntaxError(`unterminated string in ${cursor.text}`);
    if (cursor.next === '\\') cursor.at++;
    text += cursor.next;
    cursor.at++;
  }
  cursor.at++;
  return text;
}

const comparisons: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<=': (left, right) => comparable(left, right) && (left as number) <= (right as number),
  '>=': (left, right) => comparable(left, right) && (left as number) >= (right as number),
  '<': (left, right) => comparable(left, right) && (left as number) < (right as number),
  '>': (left, right) => comparable(left, right) && (left as number) > (right as number),
};

function comparable(left: unknown, right: unknown): boolean {
  return typeof left === typeof right && (typeof left === 'number' || typeof left === 'string');
}

/** `@.a=="b"`, or `@.a` for "has it". A side that finds nothing makes the filter false. */
function parseFilter(cursor: Cursor): Step {
  const left = parseOperand(cursor);
  const operator = Object.keys(comparisons).find((candidate) => cursor.take(candidate));
  const right = operator === undefined ? undefined : parseOperand(cursor);
  cursor.expect(')]');
  return (values) => values.flatMap((value) => items(value).filter((item) => passes(item, left, operator, right)));
}

function passes(item: unknown, left: JsonPath, operator: string | undefined, right: JsonPath | undefined): boolean {
  const [first, ...others] = left(item);
  if (operator === undefined || !right) return first !== undefined;
  const [second] = right(item);
  if (first === undefined || second === undefined || others.length > 0) return false;
  return comparisons[operator]?.(first, second) ?? false;
}

function parseOperand(cursor: Cursor): JsonPath {
  cursor.skipBlanks();
  const operand = readOperand(cursor);
  cursor.skipBlanks();
  return operand;
}

function readOperand(cursor: Cursor): JsonPath {
  if (cursor.take('@')) {
    const steps = parseSteps(cursor, ')=!<> ');
    return (root) => steps.reduce<unknown[]>((values, step) => step(values), [root]);
  }
  const value = cursor.next === "'" || cursor.next === '"' ? quoted(cursor) : literal(cursor);
  return () => [value];
}

function literal(cursor: Cursor): unknown {
  const word = cursor.while((character) => !')=!<> ]'.includes(character));
  if (word === 'true' || word === 'false') return word === 'true';
  const number = Number(word);
  if (word === '' || Number.isNaN(number))
    throw new SyntaxError(`unrecognized value ${JSON.stringify(word)} in ${cursor.text}`);
  return number;
}

function member(name: string): Step {
  return (values) => values.flatMap((value) => (isMap(value) && Object.hasOwn(value, name) ? [value[name]] : []));
}

const children: Step = (values) => values.flatMap((value) => (isMap(value) ? Object.values(value) : items(value)));

function descend(name: string | undefined): Step {
  const find = (value: unknown): unknown[] => {
    const inner = children([value]).flatMap(find);
    if (name === undefined) return [value, ...inner];
    return isMap(value) && Object.hasOwn(value, name) ? [value[name], ...inner] : inner;
  };
  return (values) => values.flatMap(find);
}

/** `[n]`, `[-1]`, `[from:to]`, `[from:to:step]`. */
function slice(text: string): Step {
  const [from = '', to, by = ''] = text.split(':');
  if (text === '' || text.split(':').some((part) => part !== '' && !Number.isInteger(Number(part)))) {
    throw new SyntaxError(`invalid array index ${text}`);
  }
  if (to === undefined) return (values) => values.flatMap((value) => items(value).slice(Number(from)).slice(0, 1));
  const every = Math.max(1, Number(by));
  const end = to === '' ? undefined : Number(to);
  return (values) =>
    values.flatMap((value) =>
      items(value)
        .slice(Number(from), end)
        .filter((_, index) => index % every === 0),
    );
}

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
