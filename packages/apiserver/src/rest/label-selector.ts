import { badRequest } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { type LabelToken, labelTokens } from './label-tokens.ts';
import { metadataOf } from './metadata.ts';
import { labelValueFaults, qualifiedNameFaults } from './name-grammar.ts';

export type Labels = Readonly<Record<string, string>>;

type Requirement = (labels: Labels) => boolean;

/** Parses `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>3`. Throws `ApiError` 400 in the words of apimachinery `labels.Parse`. */
export function parseLabelSelector(text: string | undefined): (object: StoredObject) => boolean {
  if (!text) return () => true;
  const requirements = new Parser(labelTokens(text)).parse();
  return (object) => {
    const labels = metadataOf(object).labels ?? {};
    return requirements.every((holds) => holds(labels));
  };
}

const binaryOperators = 'in, notin, =, ==, !=, gt, lt';

class Parser {
  readonly #tokens: readonly LabelToken[];
  #at = 0;

  constructor(tokens: readonly LabelToken[]) {
    this.#tokens = tokens;
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    for (;;) {
      const next = this.#peek();
      if (next.kind === 'end') return requirements;
      if (next.kind !== 'word' && next.kind !== '!')
        throw unparsable(`found '${next.text}', expected: !, identifier, or 'end of string'`);
      requirements.push(this.#requirement());
      if (!this.#continues()) return requirements;
    }
  }

  #continues(): boolean {
    const after = this.#take();
    if (after.kind === 'end') return false;
    if (after.kind !== ',') throw unparsable(`found '${after.text}', expected: ',' or 'end of string'`);
    const next = this.#peek();
    if (next.kind !== 'word' && next.kind !== '!')
      throw unparsable(`found '${next.text}', expected: identifier after ','`);
    return true;
  }

  #requirement(): Requirement {
    const negated = this.#peek().kind === '!';
    if (negated) this.#take();
    const { kind, text: key } = this.#take();
    if (kind !== 'word') throw badRequirement(`found '${key}', expected: identifier`);
    const faults = qualifiedNameFaults(key);
    if (faults.length > 0) throw badRequirement(`<nil>: Invalid value: ${JSON.stringify(key)}: ${faults.join('; ')}`);
    const ends = this.#peek().kind === 'end' || this.#peek().kind === ',';
    if (negated) return (labels) => !has(labels, key);
    return ends ? (labels) => has(labels, key) : this.#comparison(key);
  }

  #comparison(key: string): Requirement {
    const operator = this.#takeOperator();
    if (operator === 'in' || operator === 'notin') {
      return membership(key, checked(key, this.#values()), operator === 'in');
    }
    const value = this.#exactValue();
    if (operator === '>' || operator === '<') return ordering(key, value, operator);
    return membership(key, checked(key, new Set([value])), operator !== '!=');
  }

  #takeOperator(): string {
    const { kind, text } = this.#take();
    const isWordOperator = kind === 'word' && (text === 'in' || text === 'notin');
    if (isWordOperator || ['=', '==', '!=', '>', '<'].includes(kind)) return text;
    throw badRequirement(`found '${text}', expected: ${binaryOperators}`);
  }

  #values(): ReadonlySet<string> {
    const open = this.#take();
    if (open.kind !== '(') throw badRequirement(`found '${open.text}' expected: '('`);
    const first = this.#peek();
    // Empty parentheses hold the empty value.
    if (first.kind === ')') return this.#closed(new Set(['']));
    if (first.kind !== 'word' && first.kind !== ',')
      throw badRequirement(`found '${first.text}', expected: ',', ')' or identifier`);
    return this.#closed(this.#list());
  }

  #closed(values: ReadonlySet<string>): ReadonlySet<string> {
    this.#take();
    return values;
  }

  /** Up to the closing parenthesis; nothing between commas is the empty value. */
  #list(): ReadonlySet<string> {
    const values = new Set<string>();
    let value = '';
    for (;;) {
      const next = this.#peek();
      if (next.kind === ')') return values.add(value);
      this.#take();
      if (next.kind === ',') {
        values.add(value);
        value = '';
      } else if (next.kind === 'word' && value === '') value = next.text;
      else throw badRequirement(`found '${next.text}', expected: ',' or ')'`);
    }
  }

  #exactValue(): string {
    const next = this.#peek();
    if (next.kind === 'end' || next.kind === ',') return '';
    this.#take();
    if (next.kind === 'word') return next.text;
    throw badRequirement(`found '${next.text}', expected: identifier`);
  }

  #peek(): LabelToken {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  #take(): LabelToken {
    const token = this.#peek();
    this.#at++;
    return token;
  }
}

function checked(key: string, values: ReadonlySet<string>): ReadonlySet<string> {
  for (const [index, value] of [...values].sort().entries()) {
    const faults = labelValueFaults(value);
    if (faults.length > 0)
      throw badRequirement(`values[${index}][${key}]: Invalid value: ${JSON.stringify(value)}: ${faults.join('; ')}`);
  }
  return values;
}

function has(labels: Labels, key: string): boolean {
  return Object.hasOwn(labels, key);
}

/** An absent label is in no set. */
function membership(key: string, values: ReadonlySet<string>, wanted: boolean): Requirement {
  return (labels) => (has(labels, key) && values.has(labels[key] as string)) === wanted;
}

function ordering(key: string, text: string, operator: '>' | '<'): Requirement {
  if (!isInteger(text))
    throw badRequirement(
      `values[0]: Invalid value: ${JSON.stringify(text)}: for 'Gt', 'Lt' operators, the value must be an integer`,
    );
  const limit = BigInt(text);
  return (labels) => {
    const value = has(labels, key) ? (labels[key] as string) : '';
    if (!isInteger(value)) return false;
    return operator === '>' ? BigInt(value) > limit : BigInt(value) < limit;
  };
}

function isInteger(text: string): boolean {
  return /^[-+]?\d{1,19}$/.test(text);
}

function unparsable(why: string): Error {
  return badRequest(why);
}

function badRequirement(why: string): Error {
  return badRequest(`unable to parse requirement: ${why}`);
}
