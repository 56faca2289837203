import { expect, test } from 'vitest';
import { pageOf } from '../../src/service/list/page.ts';

const items = Array.from({ length: 130 }, (_, at) => ({
  id: `m${String(129 - at).padStart(3, '0')}`,
  source: `s${at % 2}`,
}));
const isField = (name: string): boolean => ['id', 'source'].includes(name);

function page(query: Record<string, string>) {
  return pageOf({ kind: 'List', items, isField }, new URLSearchParams(query));
}

test.each([
  [{}, 1, 100, 'm000'],
  [{ page: '2' }, 2, 30, 'm100'],
  [{ page: '3' }, 3, 0, undefined],
  [{ size: '-1' }, 1, 130, 'm000'],
  [{ page: '2', size: '-1' }, 2, 0, undefined],
  [{ page: '1', size: '1' }, 1, 1, 'm000'],
  [{ size: '0' }, 1, 0, undefined],
  [{ order: 'id desc' }, 1, 100, 'm129'],
  [{ order: 'source desc, id' }, 1, 100, 'm000'],
])('%j is page %i with %i items', (query, number, size, first) => {
  const { items: shown, ...rest } = page(query as Record<string, string>);
  expect(rest).toEqual({ kind: 'List', page: number, size, total: 130 });
  expect(shown[0]?.id).toBe(first);
});

test('the total counts what the search finds', () => {
  expect(page({ search: "source = 's1'", size: '10' })).toMatchObject({ size: 10, total: 65 });
});

test.each([
  [{ page: '0' }, "Parameter 'page' must be a whole number of at least 1, not '0'"],
  [{ page: 'x' }, "Parameter 'page'"],
  [{ size: '-2' }, "Parameter 'size' must be a whole number of at least -1, not '-2'"],
  [{ size: '1e9' }, "Parameter 'size'"],
  [{ order: 'password' }, "'password' is not a field that can be ordered by"],
  [{ order: 'id sideways' }, "Parameter 'order' has 'id sideways'"],
])('%j is refused', (query, reason) => {
  expect(() => page(query as Record<string, string>)).toThrow(reason);
});
