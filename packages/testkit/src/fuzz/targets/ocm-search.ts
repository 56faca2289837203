import { Refusal, searchOf } from '@pullpath/ocm-api';
import { mutated } from '../mutate.ts';
import type { Random } from '../random.ts';
import { expectThat, type FuzzTarget } from '../target.ts';

const item = { id: 'c1', name: "o'brien", product: { id: 'rosa' }, nodes: { compute: 3 } };

/** Searches of the OCM API: each is answered or refused, and a text in quotes never is more than a text. */
export const ocmSearch: FuzzTarget = {
  name: 'ocm-search',
  generate: (random) => mutated(random, searchText(random), tokens),
  check(input) {
    const found = answer(input);
    if (found !== undefined)
      expectThat(answer(`not (${input})`) !== found || input.trim() === '', 'not turns it round');
    const quoted = `name = '${input.replaceAll("'", "''")}'`;
    if (quoted.length < 4000) expectThat(answer(quoted) === (input === item.name), 'a text in quotes is a text');
  },
};

function answer(search: string): boolean | undefined {
  try {
    return searchOf(search, isField)(item);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}

function isField(name: string): boolean {
  return name !== 'password';
}

const tokens = [
  '(',
  ')',
  ',',
  "'",
  "''",
  ' and ',
  ' or ',
  ' not ',
  ' in ',
  ' like ',
  '=',
  '!=',
  '<>',
  '<=',
  ' -- ',
  ';',
  '%',
  '_',
];

function searchText(random: Random): string {
  const terms = [term(random), ...random.times(2, () => `${random.pick(['and', 'OR', 'and not'])} ${term(random)}`)];
  return random.oneIn(3) ? `(${terms.join(' ')})` : terms.join(' ');
}

function term(random: Random): string {
  const field = random.pick(['id', 'name', 'product.id', 'nodes.compute', 'password', '__proto__.x']);
  const value = random.pick(["'c1'", "'o''brien'", "'%'", '3', '-1.5', 'true', "''"]);
  if (random.oneIn(5)) return `${field} in (${value}, ${value})`;
  return `${field} ${random.pick(['=', '!=', '<>', '<', '>=', 'like', 'ilike'])} ${value}`;
}
