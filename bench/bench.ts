/** One measurement: a file of this folder, named like it. */
export interface Bench {
  readonly name: string;
  /** Everything is measured in this process and on this machine, the peers too. */
  run(): Promise<readonly BenchLine[]>;
}

/** One printed line: what was measured, and against what in the same run. */
export interface BenchLine {
  readonly what: string;
  /** The median. */
  readonly value: number;
  readonly unit: 'ms' | 'µs' | '/s' | 'writes' | 'MiB';
  /** The peer or the earlier line that it is compared with: `value / peer.value` is printed as a ratio. */
  readonly peer?: { readonly name: string; readonly value: number } | undefined;
  /** What is asked of the value, or of the ratio to the peer. */
  readonly goal?: Goal | undefined;
}

export interface Goal {
  readonly of: 'value' | 'ratio';
  readonly at: 'most' | 'least';
  readonly limit: number;
}

/** The median of some numbers; of an even count the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.ceil(sorted.length / 2) - 1];
  if (middle === undefined) throw new Error('no values to take the median of');
  return middle;
}

/** Milliseconds of each of `rounds` calls, after `warmUp` calls that do not count. */
export function timed(work: () => unknown, rounds: number, warmUp = 2): number[] {
  for (let round = 0; round < warmUp; round++) work();
  return Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}

/** Median milliseconds of several works, measured in turn, so that what disturbs the machine disturbs all of them. */
export function timedInTurn<Name extends string>(
  works: Readonly<Record<Name, () => unknown>>,
  rounds: number,
): Record<Name, number> {
  const names = Object.keys(works) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times.get(name)?.push(...timed(works[name], 1, round === 0 ? 1 : 0));
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
}
