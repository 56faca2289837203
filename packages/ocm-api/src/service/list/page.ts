import type { Page } from '../../model/page.ts';
import { badRequest } from '../refusal.ts';
import { searchOf } from '../search/search.ts';
import { sortBy } from './order.ts';

export interface Collection<T> {
  readonly kind: string;
  readonly items: readonly T[];
  /** Whether a name with dots may be searched and ordered by. */
  readonly isField: (name: string) => boolean;
  /** What every item has for searches and is not shown. */
  readonly hidden?: object;
}

const defaultSize = 100;

/** Answers `search`, `order`, `page` and `size` of a list (terraform-ocm 2.1). Throws a 400 for parameters that say nothing. */
export function pageOf<T extends object>(
  { kind, items, isField, hidden }: Collection<T>,
  query: URLSearchParams,
): Page<T> {
  const page = whole(query, 'page', 1, 1);
  const size = whole(query, 'size', defaultSize, -1);
  const matches = searchOf(query.get('search') ?? '', isField);
  const found = items.filter((item) => matches(hidden === undefined ? item : { ...item, ...hidden }));
  const sorted = sortBy(found, query.get('order') ?? '', isField);
  const shown = size < 0 ? sorted.slice(page === 1 ? 0 : sorted.length) : sorted.slice((page - 1) * size, page * size);
  return { kind, page, size: shown.length, total: found.length, items: shown };
}

function whole(query: URLSearchParams, name: string, otherwise: number, least: number): number {
  const text = query.get(name);
  if (text === null || text === '') return otherwise;
  const value = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least))
    throw badRequest(`Parameter '${name}' must be a whole number of at least ${least}, not '${text}'`);
  return value;
}
