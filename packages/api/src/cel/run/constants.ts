import type { Expr } from '../syntax/ast.ts';

/** Functions that are applied to constants when an expression is compiled. */
export const conversions: ReadonlySet<string> = new Set(
  'bool bytes double duration dyn int string timestamp uint'.split(' '),
);

/** Whether a node is a constant: literals, conversions of constants, and lists and maps of constants. */
export function foldable(expr: Expr): boolean {
  if (expr.kind === 'literal') return true;
  if (expr.kind === 'list') return expr.optional.size === 0 && expr.elements.every(foldable);
  if (expr.kind === 'map')
    return expr.entries.every(({ key, value, optional }) => !optional && foldable(key) && foldable(value));
  return expr.kind === 'call' && !expr.target && conversions.has(expr.name) && expr.args.every(foldable);
}
