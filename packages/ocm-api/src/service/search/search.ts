import { fieldOf } from '../list/field-of.ts';
import { matches } from './matches.ts';
import { parseSearch } from './parse.ts';

/** Whether an item is one of those that a search asks for; of every item where it asks for nothing. Throws a 400. */
export function searchOf(search: string, isField: (name: string) => boolean): (item: object) => boolean {
  const expression = parseSearch(search, isField);
  return (item) => expression === undefined || matches(expression, (field) => fieldOf(item, field));
}
