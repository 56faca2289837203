import { directiveOf, firstIndexes, type Identify } from './list-items.ts';

/**
 * Puts a merged list in order: items that `wanted` names in the order of `wanted`, the others in that of `live`, each before
 * the first named item that stood behind it in `live`.
 */
export function orderItems(
  merged: readonly unknown[],
  wanted: readonly unknown[],
  live: readonly unknown[],
  identify: Identify,
): unknown[] {
  const [wantedAt, liveAt] = [firstIndexes(wanted, identify), firstIndexes(live, identify)];
  const named = merged.filter((item) => wantedAt.has(identify(item)));
  const others = merged.filter((item) => !wantedAt.has(identify(item)));
  return interleave(sortBy(others, liveAt, identify), sortBy(named, wantedAt, identify), liveAt, identify);
}

/** Items that a directive is to delete stay last. */
function sortBy(items: readonly unknown[], at: ReadonlyMap<string, number>, identify: Identify): unknown[] {
  const rank = (item: unknown): number => at.get(identify(item)) ?? -1;
  const kept = items.filter((item) => directiveOf(item) !== 'delete').sort((a, b) => rank(a) - rank(b));
  return [...kept, ...items.filter((item) => directiveOf(item) === 'delete')];
}

function interleave(
  others: readonly unknown[],
  named: readonly unknown[],
  liveAt: ReadonlyMap<string, number>,
  identify: Identify,
): unknown[] {
  const result: unknown[] = [];
  let next = 0;
  for (const item of named) {
    const place = liveAt.get(identify(item));
    while (place !== undefined && next < others.length && isBefore(others[next], place, liveAt, identify)) {
      result.push(others[next++]);
    }
    result.push(item);
  }
  return [...result, ...others.slice(next)];
}

function isBefore(item: unknown, place: number, liveAt: ReadonlyMap<string, number>, identify: Identify): boolean {
  const own = liveAt.get(identify(item));
  return own !== undefined && own < place;
}
