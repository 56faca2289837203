import type { Random } from './random.ts';

/** A kind of untrusted text, how it is made, and what must hold for every one of them. */
export interface FuzzTarget {
  readonly name: string;
  /** One input: what the grammar knows in most places, odd in some. */
  readonly generate: (random: Random) => string;
  /** Reads the input as the product does. Throws when a promise is broken; faults of the input are values, never thrown. */
  readonly check: (input: string) => void;
}

/** Throws unless `promise` holds. */
export function expectThat(promise: boolean, message: string): void {
  if (!promise) throw new Error(message);
}
