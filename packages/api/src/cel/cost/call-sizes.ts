import type { Expr } from '../syntax/ast.ts';
import type { Type } from '../types/type.ts';
import { perCharacter, perPatternCharacter } from './factors.ts';
import { fixed, plus, type Range, scaled, times, unknown } from './range.ts';

/** A node whose size a function's cost may depend on. */
export interface Sized {
  readonly type: Type;
  readonly size: Range | undefined;
  readonly expr: Expr | undefined;
  /** The size of the items of a list, where the schema bounds it. */
  readonly item: () => Range | undefined;
}

/** A call with one of its overloads. */
export interface CallSizes {
  readonly name: string;
  readonly id: string;
  readonly target: Sized | undefined;
  readonly args: readonly Sized[];
  readonly argCosts: readonly Range[];
}

/** What a call costs without its arguments, and what it makes. */
export interface CallEstimate {
  readonly cost: Range;
  /** Of the result. */
  readonly size?: Range | undefined;
}

/** The size of a value, or anything. */
export function sizeOf(sized: Sized | undefined): Range {
  return sized?.size ?? unknown;
}

/** What it costs to try a pattern on a text: even an empty text costs something. */
export function patternCost(text: Range, pattern: Range): Range {
  return times(scaled(plus(text, fixed(1)), perCharacter), scaled(pattern, perPatternCharacter));
}

/** Whether the items of a list are strings or bytes. */
export function isListOfTexts({ type }: Sized): boolean {
  const element = type.params[0];
  return element?.kind === 'string' || element?.kind === 'bytes';
}
