/** Sorted, non-overlapping code point ranges, flat: `[from, to, from, to, ...]`, both ends inclusive. */
export type Ranges = readonly number[];

/** Zero-width conditions. */
export type Assertion = 'text-begin' | 'text-end' | 'line-begin' | 'line-end' | 'word-boundary' | 'no-word-boundary';

/** Syntax tree of a pattern. */
export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly ranges: Ranges }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'alternation'; readonly items: readonly RegexNode[] }
  | RepeatNode
  | GroupNode;

/** A capturing group; groups count from 1 in the order of their opening parentheses. */
export interface GroupNode {
  readonly kind: 'group';
  readonly index: number;
  readonly name: string;
  readonly item: RegexNode;
}

export interface RepeatNode {
  readonly kind: 'repeat';
  readonly item: RegexNode;
  readonly min: number;
  /** Infinity where unbounded. */
  readonly max: number;
  readonly greedy: boolean;
}

/** A pattern outside the supported RE2 syntax. The message is worded as Go's `regexp/syntax` words it. */
export class RegexSyntaxError extends Error {
  override readonly name = 'RegexSyntaxError';

  constructor(problem: string, excerpt: string) {
    super(`error parsing regexp: ${problem}: \`${excerpt}\``);
  }
}
