import type { Run, ScalarRuns } from './scalar-runs.ts';

/** Collects a value piece by piece; neighbouring character-by-character pieces become one run. */
export interface RunWriter {
  /** `length` characters of the source from `at`, taken as they are. */
  copy(at: number, length: number): void;
  /** `text` stands for `length` characters of the source from `at`. */
  replace(text: string, at: number, length: number): void;
  done(): ScalarRuns;
}

export function runWriter(source: string): RunWriter {
  const parts: string[] = [];
  const runs: Run[] = [];
  let inner = 0;
  const add = (text: string, outer: number, outerLength: number): void => {
    if (text === '') return;
    parts.push(text);
    const last = runs.at(-1);
    const run = { inner, innerLength: text.length, outer, outerLength };
    if (last !== undefined && continues(last, run)) runs[runs.length - 1] = joined(last, run);
    else runs.push(run);
    inner += text.length;
  };
  return {
    copy: (at, length) => add(source.slice(at, at + length), at, length),
    replace: add,
    done: () => ({ value: parts.join(''), runs }),
  };
}

function continues(last: Run, run: Run): boolean {
  return isLinear(last) && isLinear(run) && last.outer + last.outerLength === run.outer;
}

function joined(last: Run, run: Run): Run {
  return {
    ...last,
    innerLength: last.innerLength + run.innerLength,
    outerLength: last.outerLength + run.outerLength,
  };
}

function isLinear({ innerLength, outerLength }: Run): boolean {
  return innerLength === outerLength;
}
