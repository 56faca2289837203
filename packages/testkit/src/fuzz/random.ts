/** A small seeded generator (mulberry32): the same seed gives the same cases on every machine. */
export interface Random {
  /** An integer from 0 up to, not including, `limit`. */
  below(limit: number): number;
  /** True about once in `n`. */
  oneIn(n: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** From none to `limit` results of `make`. */
  times<T>(limit: number, make: () => T): T[];
}

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number): number => next() % limit;
  return {
    below,
    oneIn: (n) => below(n) === 0,
    pick: (items) => pickOf(items, below(items.length)),
    times: (limit, make) => Array.from({ length: below(limit + 1) }, make),
  };
}

function pickOf<T>(items: readonly T[], index: number): T {
  if (items.length === 0) throw new Error('nothing to pick from');
  return items[index] as T;
}
