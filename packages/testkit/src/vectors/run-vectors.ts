import { areas } from './areas.ts';
import { differenceOf } from './compare.ts';
import { MissingProgram } from './missing-program.ts';
import { areaName, type VectorCase } from './vector-file.ts';

/**
 * Feeds one input to the real function and returns what it gave, in the shape of `expected`; the result is compared
 * deeply. An adapter whose comparison is looser than equality brings its result into the expected form. Throwing is a
 * failure.
 */
export type Adapter = (input: never, expected: never, vector: VectorCase) => unknown;

/** Adapters of one area by function; the empty name serves areas with one function only. */
export type Area = Readonly<Record<string, Adapter>>;

export interface GroupResult {
  readonly area: string;
  readonly fn: string;
  passed: number;
  readonly failures: { readonly id: string; readonly why: string }[];
  skipped: number;
  /** What a skipped case misses on this machine. */
  missing?: string;
}

/** Runs every case; groups come out in the order of the input. An area or function without an adapter fails, unless skipped. */
export async function runVectors(
  cases: readonly VectorCase[],
  skip: ReadonlySet<string> = new Set(),
): Promise<GroupResult[]> {
  const groups = new Map<string, GroupResult>();
  for (const vector of cases) {
    const group = groupOf(groups, vector);
    if (skip.has(vector.area) || skip.has(`${vector.area}/${vector.fn}`) || (vector.fn !== '' && skip.has(vector.fn))) {
      group.skipped++;
      continue;
    }
    await runVector(vector, group);
  }
  return [...groups.values()];
}

async function runVector(vector: VectorCase, group: GroupResult): Promise<void> {
  try {
    const why = await failureOf(vector);
    if (why === undefined) group.passed++;
    else group.failures.push({ id: vector.id, why });
  } catch (missing) {
    if (!(missing instanceof MissingProgram)) throw missing;
    group.skipped++;
    group.missing = missing.message;
  }
}

function groupOf(groups: Map<string, GroupResult>, { area, fn }: VectorCase): GroupResult {
  const key = `${area} ${fn}`;
  const group = groups.get(key) ?? { area, fn, passed: 0, failures: [], skipped: 0 };
  groups.set(key, group);
  return group;
}

function adapterOf({ area, fn }: VectorCase): Adapter | undefined {
  const entry = Object.entries(areas).find(([name]) => areaName(name) === area);
  return entry?.[1][fn];
}

async function failureOf(vector: VectorCase): Promise<string | undefined> {
  const adapter = adapterOf(vector);
  if (!adapter) return `no runner for ${vector.area} ${vector.fn}`.trimEnd();
  try {
    const actual = await adapter(
      structuredClone(vector.input) as never,
      structuredClone(vector.expected) as never,
      vector,
    );
    return differenceOf(vector.expected, actual);
  } catch (error) {
    if (error instanceof MissingProgram) throw error;
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}
