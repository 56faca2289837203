import { seeded } from './random.ts';
import { shrunk } from './shrink.ts';
import type { FuzzTarget } from './target.ts';

/** An input that broke a promise; `seed` alone makes it again. */
export interface FuzzFailure {
  readonly seed: number;
  /** The smallest input found that fails in the same way. */
  readonly input: string;
  readonly error: unknown;
}

/**
 * Checks one input of a target, made from `seed`. Gives the failure, with its input made small, or undefined.
 */
export function checkSeed({ generate, check }: FuzzTarget, seed: number): FuzzFailure | undefined {
  const input = generate(seeded(seed));
  const error = errorOf(check, input);
  if (error === undefined) return undefined;
  return { seed, input: shrunk(input, (smaller) => isSame(errorOf(check, smaller), error)), error };
}

/** The failures among `count` inputs from `seed` on; stops at the tenth. */
export function runTarget(target: FuzzTarget, count: number, seed: number): FuzzFailure[] {
  const failures: FuzzFailure[] = [];
  for (let index = 0; index < count && failures.length < 10; index++) {
    const failure = checkSeed(target, seed + index);
    if (failure) failures.push(failure);
  }
  return failures;
}

function errorOf(check: FuzzTarget['check'], input: string): unknown {
  try {
    check(input);
    return undefined;
  } catch (error) {
    return error ?? new Error('threw nothing');
  }
}

// A smaller input may fail for another reason, which would hide the one that was found.
function isSame(error: unknown, wanted: unknown): boolean {
  return error !== undefined && headOf(error) === headOf(wanted);
}

function headOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 30)}` : typeof error;
}
