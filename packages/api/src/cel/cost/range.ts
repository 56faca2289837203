/** Between how much and how much: of sizes, or of cost units. Sums and products stop at `most`. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The largest 64-bit number, as near as a double comes. */
export const most: number = 2 ** 64;

export const unknown: Range = { min: 0, max: most };

export function fixed(value: number): Range {
  return { min: value, max: value };
}

export function plus(...ranges: readonly Range[]): Range {
  const sum = (values: readonly number[]): number =>
    Math.min(
      most,
      values.reduce((total, value) => total + value, 0),
    );
  return { min: sum(ranges.map(({ min }) => min)), max: sum(ranges.map(({ max }) => max)) };
}

export function times(a: Range, b: Range): Range {
  return { min: Math.min(most, a.min * b.min), max: Math.min(most, a.max * b.max) };
}

/** Multiplied by a cost per unit, rounded up. */
export function scaled({ min, max }: Range, perUnit: number): Range {
  const scale = (value: number): number => Math.min(most, Math.ceil(value * perUnit));
  return { min: scale(min), max: scale(max) };
}

export function union(a: Range, b: Range): Range {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}
