import { type Alphabet, alphabetOf } from './alphabet.ts';
import { holds, type Neighbour } from './context.ts';
import type { Program } from './program.ts';
import { contains } from './ranges.ts';

/** Numbers kept at once; beyond this the cache starts afresh, so that memory stays bounded whatever the text. */
const maxWeight = 400_000;

const unknown = -1;
const accepted = -2;

/**
 * True when the pattern matches somewhere in the text. A deterministic automaton is built as the text asks for it: each
 * character costs one table look-up, or at most one pass over the program.
 */
export function createTester(program: Program): (text: string) => boolean {
  const alphabet = alphabetOf(program);
  let cache = createCache(program, alphabet);
  return (text) => {
    if (cache.weight() > maxWeight) cache = createCache(program, alphabet);
    return run(cache, alphabet, text, () => {
      cache = createCache(program, alphabet);
      return cache;
    });
  };
}

function run(first: Cache, alphabet: Alphabet, text: string, renew: () => Cache): boolean {
  let cache = first;
  let state = cache.initial;
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0;
    if (code > 0xffff) at++;
    const next = cache.step(state, alphabet.classOf(code));
    if (next === accepted) return true;
    state = next;
    if (cache.weight() > maxWeight) {
      const kernel = cache.describe(state);
      cache = renew();
      state = cache.intern(kernel);
    }
  }
  return cache.acceptsAtEnd(state);
}

/** The addresses that may be reached next, before zero-width steps, and what stood before them. */
interface Kernel {
  readonly addresses: readonly number[];
  readonly before: Neighbour;
}

interface Cache {
  readonly initial: number;
  /** About how many numbers the cache holds. */
  weight(): number;
  step(state: number, charClass: number): number;
  acceptsAtEnd(state: number): boolean;
  describe(state: number): Kernel;
  intern(kernel: Kernel): number;
}

function createCache(program: Program, alphabet: Alphabet): Cache {
  const kernels: Kernel[] = [];
  const tables: Int32Array[] = [];
  const index = new Map<string, number>();
  let weight = 0;
  const intern = (kernel: Kernel): number => {
    const key = `${kernel.before} ${kernel.addresses.join(' ')}`;
    const known = index.get(key);
    if (known !== undefined) return known;
    index.set(key, kernels.length);
    weight += alphabet.size + 2 * kernel.addresses.length;
    tables.push(new Int32Array(alphabet.size).fill(unknown));
    return kernels.push(kernel) - 1;
  };
  const describe = (state: number): Kernel => kernels[state] ?? { addresses: [], before: 'other' };
  const advance = (state: number, charClass: number): number => {
    const kernel = advanceKernel(program, alphabet, describe(state), charClass);
    return kernel === undefined ? accepted : intern(kernel);
  };
  return {
    initial: intern({ addresses: [program.start], before: 'edge' }),
    weight: () => weight,
    step(state, charClass) {
      const table = tables[state];
      const known = table?.[charClass] ?? unknown;
      if (known !== unknown || !table) return known;
      const next = advance(state, charClass);
      table[charClass] = next;
      return next;
    },
    acceptsAtEnd: (state) => closure(program, describe(state), 'edge').matched,
    describe,
    intern,
  };
}

/** Undefined when the pattern has matched before the character. A match may start anywhere, so the start is added again. */
function advanceKernel(program: Program, alphabet: Alphabet, kernel: Kernel, charClass: number): Kernel | undefined {
  const after = alphabet.neighbour(charClass);
  const { matched, consuming } = closure(program, kernel, after);
  if (matched) return undefined;
  const addresses = new Set<number>([program.start]);
  const code = alphabet.representative(charClass);
  for (const address of consuming) {
    const instruction = program.instructions[address];
    if (instruction?.op === 'set' && contains(instruction.ranges, code)) addresses.add(instruction.next);
  }
  return { addresses: [...addresses].sort((left, right) => left - right), before: after };
}

function closure(program: Program, kernel: Kernel, after: Neighbour): { matched: boolean; consuming: number[] } {
  const seen = new Uint8Array(program.instructions.length);
  const stack = [...kernel.addresses];
  const consuming: number[] = [];
  let matched = false;
  for (let address = stack.pop(); address !== undefined; address = stack.pop()) {
    if (seen[address]) continue;
    seen[address] = 1;
    const instruction = program.instructions[address];
    if (instruction?.op === 'match') matched = true;
    else if (instruction?.op === 'set') consuming.push(address);
    else if (instruction?.op === 'split') stack.push(instruction.second, instruction.first);
    else if (instruction?.op === 'save') stack.push(instruction.next);
    else if (instruction && holds(instruction.assertion, kernel.before, after)) stack.push(instruction.next);
  }
  return { matched, consuming };
}
