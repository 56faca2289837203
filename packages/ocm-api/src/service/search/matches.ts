import type { Expression, Literal, Operator } from './expression.ts';
import { isLike } from './like.ts';

/** Gives the value of a field of an item, undefined where it has none. */
export type FieldReader = (field: string) => unknown;

/** Whether an item is one of those that a search asks for. A comparison with nothing is never true, as in SQL. */
export function matches(expression: Expression, read: FieldReader): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.terms.every((term) => matches(term, read));
    case 'or':
      return expression.terms.some((term) => matches(term, read));
    case 'not':
      return !matches(expression.term, read);
    case 'in':
      return expression.values.some((value) => compare(read(expression.field), '=', value));
    case 'compare':
      return compare(read(expression.field), expression.operator, expression.value);
  }
}

function compare(found: unknown, operator: Operator, wanted: Literal): boolean {
  if (typeof found !== 'string' && typeof found !== 'number' && typeof found !== 'boolean') return false;
  if (operator === 'like') return isLike(String(found), String(wanted));
  if (operator === 'ilike') return isLike(String(found).toLowerCase(), String(wanted).toLowerCase());
  const order = orderOf(found, wanted);
  if (operator === '=') return order === 0;
  if (operator === '!=') return order !== 0;
  if (operator === '<' || operator === '<=') return order < 0 || (operator === '<=' && order === 0);
  return order > 0 || (operator === '>=' && order === 0);
}

// Numbers are compared as such where both sides are; times are texts that sort as they are.
function orderOf(found: Literal, wanted: Literal): number {
  const [one, other] =
    typeof found === 'number' && typeof wanted === 'number' ? [found, wanted] : [String(found), String(wanted)];
  return one < other ? -1 : one > other ? 1 : 0;
}
