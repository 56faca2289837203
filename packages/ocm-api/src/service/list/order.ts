import { badRequest } from '../refusal.ts';
import { fieldOf } from './field-of.ts';

/** Sorts by `field [asc|desc], ...`; by `id` where nothing is said, and between equals. Throws a 400. */
export function sortBy<T extends object>(
  items: readonly T[],
  order: string,
  isField: (name: string) => boolean,
): readonly T[] {
  const keys = [...keysOf(order, isField), { field: 'id', sign: 1 }];
  return [...items].sort((one, other) => {
    for (const { field, sign } of keys) {
      const difference = compare(fieldOf(one, field), fieldOf(other, field)) * sign;
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

interface Key {
  readonly field: string;
  readonly sign: 1 | -1;
}

function keysOf(order: string, isField: (name: string) => boolean): readonly Key[] {
  if (order.trim() === '') return [];
  if (order.length > 1024) throw badRequest("Parameter 'order' is too long");
  return order.split(',').map((part) => {
    const [field = '', direction = 'asc', ...rest] = part.trim().split(/\s+/);
    const sign = { asc: 1, desc: -1 }[direction.toLowerCase()];
    if (rest.length > 0 || (sign !== 1 && sign !== -1))
      throw badRequest(`Parameter 'order' has '${part.trim()}', expected a field and asc or desc`);
    if (!isField(field)) throw badRequest(`'${field}' is not a field that can be ordered by`);
    return { field, sign };
  });
}

// What is not there comes first.
function compare(one: unknown, other: unknown): number {
  const [left, right] = [sortable(one), sortable(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function sortable(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
