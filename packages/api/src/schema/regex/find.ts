import { holds, type Neighbour, neighbourOf } from './context.ts';
import type { Program } from './program.ts';
import { contains } from './ranges.ts';

/** A stretch of the text, in UTF-16 units, end exclusive. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

interface Thread {
  readonly address: number;
  readonly start: number;
}

/**
 * The leftmost match at or after `from`; among those that start there, the one that the order of alternatives and the
 * greed of repetitions prefer (what Go calls leftmost-first). Pike's simulation: one pass over the text, each character costs at most one
 * pass over the program. `spend` is told of that work and may throw.
 */
export function findMatch(
  program: Program,
  text: string,
  from: number,
  spend: (steps: number) => void,
): Match | undefined {
  let threads: Thread[] = [];
  let found: Match | undefined;
  for (let at = from; ; ) {
    const code = text.codePointAt(at);
    const before = neighbourOf(codeBefore(text, at));
    if (!found) threads.push({ address: program.start, start: at });
    if (threads.length === 0) return found;
    const live = follow(program, threads, before, neighbourOf(code));
    spend(live.length + 1);
    const matchAt = live.findIndex((thread) => program.instructions[thread.address]?.op === 'match');
    const winner = live[matchAt];
    // Threads behind the winner are less preferred and end here; those before it may still do better.
    if (winner) found = { start: winner.start, end: at };
    threads = code === undefined ? [] : consume(program, winner ? live.slice(0, matchAt) : live, code);
    if (code === undefined) return found;
    at += code > 0xffff ? 2 : 1;
  }
}

function codeBefore(text: string, at: number): number | undefined {
  if (at === 0) return undefined;
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && at > 1 ? text.codePointAt(at - 2) : unit;
}

/** Threads at consuming or matching instructions, most preferred first, each address once. */
function follow(program: Program, threads: readonly Thread[], before: Neighbour, after: Neighbour): Thread[] {
  const seen = new Set<number>();
  const live: Thread[] = [];
  const stack = threads.toReversed();
  for (let thread = stack.pop(); thread !== undefined; thread = stack.pop()) {
    if (seen.has(thread.address)) continue;
    seen.add(thread.address);
    const instruction = program.instructions[thread.address];
    const { start } = thread;
    if (instruction?.op === 'split') {
      stack.push({ address: instruction.second, start }, { address: instruction.first, start });
    } else if (instruction?.op === 'assert') {
      if (holds(instruction.assertion, before, after)) stack.push({ address: instruction.next, start });
    } else live.push(thread);
  }
  return live;
}

function consume(program: Program, threads: readonly Thread[], code: number): Thread[] {
  const next: Thread[] = [];
  for (const { address, start } of threads) {
    const instruction = program.instructions[address];
    if (instruction?.op === 'set' && contains(instruction.ranges, code))
      next.push({ address: instruction.next, start });
  }
  return next;
}
