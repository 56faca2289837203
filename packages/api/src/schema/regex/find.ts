import { holds, type Neighbour, neighbourOf } from './context.ts';
import type { Program } from './program.ts';
import { contains } from './ranges.ts';

/** A stretch of the text, in UTF-16 units, end exclusive. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

/** A match with its groups. */
export interface GroupMatch extends Match {
  /** Positions by slot for a program with captures: `2 * group` its start, one more its end; absent where it took no part. */
  readonly slots: ReadonlyMap<number, number>;
}

/** Positions noted on the way of a thread, the latest first. Threads share what lies before their parting. */
interface Saved {
  readonly slot: number;
  readonly at: number;
  readonly earlier: Saved | undefined;
}

interface Thread {
  readonly address: number;
  readonly start: number;
  readonly saved: Saved | undefined;
}

/**
 * The leftmost match at or after `from`; among those that start there, the one that the order of alternatives and the
 * greed of repetitions prefer (what Go calls leftmost-first). Pike's simulation: one pass over the text, each character costs at most one
 * pass over the program. `spend` is told of that work, in instructions, and may throw.
 */
export function findMatch(
  program: Program,
  text: string,
  from: number,
  spend: (steps: number) => void,
): GroupMatch | undefined {
  const follow = createFollower(program, spend);
  let threads: Thread[] = [];
  let found: (Match & { readonly saved: Saved | undefined }) | undefined;
  for (let at = from; ; ) {
    const code = text.codePointAt(at);
    const before = neighbourOf(codeBefore(text, at));
    if (!found) threads.push({ address: program.start, start: at, saved: undefined });
    if (threads.length === 0) return found && withSlots(found);
    const live = follow(threads, at, before, neighbourOf(code));
    const matchAt = live.findIndex((thread) => program.instructions[thread.address]?.op === 'match');
    const winner = live[matchAt];
    // Threads behind the winner are less preferred and end here; those before it may still do better.
    if (winner) found = { start: winner.start, end: at, saved: winner.saved };
    threads = code === undefined ? [] : consume(program, winner ? live.slice(0, matchAt) : live, code);
    if (code === undefined) return found && withSlots(found);
    at += code > 0xffff ? 2 : 1;
  }
}

function codeBefore(text: string, at: number): number | undefined {
  if (at === 0) return undefined;
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && at > 1 ? text.codePointAt(at - 2) : unit;
}

type Follower = (threads: readonly Thread[], at: number, before: Neighbour, after: Neighbour) => Thread[];

/** Gives the threads at consuming or matching instructions, most preferred first, each address once. */
function createFollower({ instructions }: Program, spend: (steps: number) => void): Follower {
  // The round in which an address was last seen, so that nothing need be cleared between characters.
  const seen = new Uint32Array(instructions.length);
  let round = 0;
  return (threads, at, before, after) => {
    round++;
    let steps = 1;
    const live: Thread[] = [];
    const stack = threads.toReversed();
    for (let thread = stack.pop(); thread !== undefined; thread = stack.pop()) {
      const { address, start, saved } = thread;
      if (seen[address] === round) continue;
      seen[address] = round;
      steps++;
      const instruction = instructions[address];
      if (instruction?.op === 'split') {
        stack.push({ address: instruction.second, start, saved }, { address: instruction.first, start, saved });
      } else if (instruction?.op === 'assert') {
        if (holds(instruction.assertion, before, after)) stack.push({ address: instruction.next, start, saved });
      } else if (instruction?.op === 'save') {
        stack.push({ address: instruction.next, start, saved: { slot: instruction.slot, at, earlier: saved } });
      } else live.push(thread);
    }
    spend(steps);
    return live;
  };
}

/** The latest position of every slot counts. */
function withSlots({ start, end, saved }: Match & { readonly saved: Saved | undefined }): GroupMatch {
  const slots = new Map<number, number>();
  for (let note = saved; note !== undefined; note = note.earlier) {
    if (!slots.has(note.slot)) slots.set(note.slot, note.at);
  }
  return { start, end, slots };
}

function consume(program: Program, threads: readonly Thread[], code: number): Thread[] {
  const next: Thread[] = [];
  for (const thread of threads) {
    const instruction = program.instructions[thread.address];
    if (instruction?.op === 'set' && contains(instruction.ranges, code))
      next.push({ address: instruction.next, start: thread.start, saved: thread.saved });
  }
  return next;
}
