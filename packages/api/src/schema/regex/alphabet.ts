import { type Neighbour, neighbourOf } from './context.ts';
import type { Program } from './program.ts';

/** Code points that no instruction and no assertion of a program tells apart share a class. */
export interface Alphabet {
  readonly size: number;
  classOf(code: number): number;
  /** The first code point of the class: it stands for all. */
  representative(charClass: number): number;
  neighbour(charClass: number): Neighbour;
}

/** Word characters and the newline are kept apart, since assertions see them. */
const always = [0x0a, 0x0b, 0x30, 0x3a, 0x41, 0x5b, 0x5f, 0x60, 0x61, 0x7b];

export function alphabetOf({ instructions }: Program): Alphabet {
  const starts = new Set([0, ...always]);
  for (const instruction of instructions) {
    if (instruction.op === 'set') addBoundaries(starts, instruction.ranges);
  }
  const sorted = [...starts].sort((left, right) => left - right);
  const ascii = Uint16Array.from({ length: 128 }, (_, code) => search(sorted, code));
  return {
    size: sorted.length,
    classOf: (code) => (code < 128 ? (ascii[code] ?? 0) : search(sorted, code)),
    representative: (charClass) => sorted[charClass] ?? 0,
    neighbour: (charClass) => neighbourOf(sorted[charClass]),
  };
}

function addBoundaries(starts: Set<number>, ranges: readonly number[]): void {
  for (const [index, bound] of ranges.entries()) starts.add(index % 2 === 0 ? bound : bound + 1);
}

/** Index of the last start that is not beyond `code`. */
function search(starts: readonly number[], code: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= code) low = middle;
    else high = middle - 1;
  }
  return low;
}
