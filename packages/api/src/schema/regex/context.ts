import type { Assertion } from './node.ts';

/** What stands beside a position: as much as zero-width assertions can see. */
export type Neighbour = 'edge' | 'newline' | 'word' | 'other';

/** The neighbour class of a code point; undefined is the edge of the text. */
export function neighbourOf(code: number | undefined): Neighbour {
  if (code === undefined) return 'edge';
  if (code === 0x0a) return 'newline';
  return isWord(code) ? 'word' : 'other';
}

function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f
  );
}

/** Whether the assertion holds between two neighbours. */
export function holds(assertion: Assertion, before: Neighbour, after: Neighbour): boolean {
  if (assertion === 'text-begin') return before === 'edge';
  if (assertion === 'text-end') return after === 'edge';
  if (assertion === 'line-begin') return before === 'edge' || before === 'newline';
  if (assertion === 'line-end') return after === 'edge' || after === 'newline';
  const boundary = (before === 'word') !== (after === 'word');
  return assertion === 'word-boundary' ? boundary : !boundary;
}
