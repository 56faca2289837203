import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seeded } from './random.ts';
import { checkSeed, type FuzzFailure } from './run-target.ts';
import type { FuzzTarget } from './target.ts';

/** What a long run of one target found. */
export interface FuzzMeasurement {
  readonly inputs: number;
  readonly failures: readonly FuzzFailure[];
  /** The inputs whose fastest of several checks took more than `slowest` milliseconds of processor time. */
  readonly slow: readonly { readonly seed: number; readonly ms: number }[];
  /** Of all inputs; a busy machine shows here. */
  readonly slowestMs: number;
  /** Bytes by which the heap, garbage collected, grew from a tenth of the run to its end. */
  readonly heapGrowth: number;
}

export interface FuzzBudget {
  readonly seed: number;
  /** The run ends at whichever comes first. */
  readonly count: number;
  readonly seconds: number;
  /** Milliseconds that one input may take. */
  readonly slowest: number;
}

/** Runs a target for as long as the budget allows; stops at the tenth failure. Changes the flags of V8 to collect garbage. */
export function measureTarget(target: FuzzTarget, { seed, count, seconds, slowest }: FuzzBudget): FuzzMeasurement {
  const deadline = performance.now() + seconds * 1000;
  const failures: FuzzFailure[] = [];
  const slow: { seed: number; ms: number }[] = [];
  let [inputs, slowestMs, heapAtStart] = [0, 0, 0];
  for (; inputs < count && failures.length < 10 && performance.now() < deadline; inputs++) {
    if (inputs === Math.ceil(count / 10)) heapAtStart = collectedHeap();
    const started = performance.now();
    const failure = checkSeed(target, seed + inputs);
    const ms = performance.now() - started;
    if (failure) failures.push(failure);
    else if (ms > slowest) slow.push(...stillSlow(target, seed + inputs, slowest));
    slowestMs = Math.max(slowestMs, ms);
  }
  return { inputs, failures, slow, slowestMs, heapGrowth: heapAtStart === 0 ? 0 : collectedHeap() - heapAtStart };
}

// Whatever else runs on the machine may take its time too; what is slow by itself costs this thread every time.
function stillSlow(target: FuzzTarget, seed: number, slowest: number): { seed: number; ms: number }[] {
  const input = target.generate(seeded(seed));
  const times = Array.from({ length: 5 }, () => {
    const before = process.threadCpuUsage();
    target.check(input);
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  });
  const ms = Math.min(...times);
  return ms > slowest ? [{ seed, ms }] : [];
}

let collect: (() => void) | undefined;

function collectedHeap(): number {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  return process.memoryUsage().heapUsed;
}
