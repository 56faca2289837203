/** A node of an expression after macros are expanded. `at` is where it begins to matter in the source, in UTF-16 units. */
export type Expr = LiteralExpr | IdentExpr | SelectExpr | CallExpr | ListExpr | MapExpr | ComprehensionExpr;

interface Node {
  readonly at: number;
}

export interface LiteralExpr extends Node {
  readonly kind: 'literal';
  readonly value: unknown;
}

export interface IdentExpr extends Node {
  readonly kind: 'ident';
  readonly name: string;
}

/** `operand.field`; with `testOnly` the answer of `has(operand.field)`. */
export interface SelectExpr extends Node {
  readonly kind: 'select';
  readonly operand: Expr;
  readonly field: string;
  readonly testOnly: boolean;
}

/** A function or operator by its name in the CEL specification, such as `_+_`. */
export interface CallExpr extends Node {
  readonly kind: 'call';
  readonly name: string;
  readonly target: Expr | undefined;
  readonly args: readonly Expr[];
}

export interface ListExpr extends Node {
  readonly kind: 'list';
  readonly elements: readonly Expr[];
  /** Indexes of elements that are left out where they are an empty optional. */
  readonly optional: ReadonlySet<number>;
}

export interface MapExpr extends Node {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
}

export interface MapEntry {
  readonly key: Expr;
  readonly value: Expr;
  readonly optional: boolean;
}

/** A fold over a list, or over the keys of a map. */
export interface ComprehensionExpr extends Node {
  readonly kind: 'comprehension';
  readonly range: Expr;
  readonly variable: string;
  /** Of a fold with key and value; `variable` is then the key or index. */
  readonly second: string | undefined;
  readonly accumulator: string;
  readonly init: Expr;
  readonly condition: Expr;
  readonly step: Expr;
  readonly result: Expr;
}

/** The name of the accumulator of standard macros; no source can spell it. */
export const accumulatorName = '@result';

/** A variable that only binds a name: a fold over nothing. */
export function isBinding({ range, condition, accumulator }: ComprehensionExpr): boolean {
  return (
    range.kind === 'list' &&
    range.elements.length === 0 &&
    condition.kind === 'literal' &&
    condition.value === false &&
    accumulator !== accumulatorName
  );
}

/** The nodes directly below one. */
export function childrenOf(expr: Expr): readonly Expr[] {
  if (expr.kind === 'select') return [expr.operand];
  if (expr.kind === 'call') return expr.target ? [expr.target, ...expr.args] : expr.args;
  if (expr.kind === 'list') return expr.elements;
  if (expr.kind === 'map') return expr.entries.flatMap(({ key, value }) => [key, value]);
  if (expr.kind === 'comprehension') return [expr.range, expr.init, expr.condition, expr.step, expr.result];
  return [];
}
