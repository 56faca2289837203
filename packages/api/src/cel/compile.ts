import { Optional } from '@marcbachmann/cel-js';
import { celEnvironment, ownNames } from './environment.ts';
import { errorText } from './error-text.ts';
import { identifiersOf, renameCalls } from './source.ts';

/** Not valid CEL: a syntax error, an unknown name, an operation that no types allow. */
export class CelSyntaxError extends Error {
  override readonly name = 'CelSyntaxError';
}

export interface CompiledExpression {
  readonly usesOldSelf: boolean;
  /** Throws where evaluation fails: no such key, an index out of bounds, no overload for the types. */
  evaluate(variables: Readonly<Record<string, unknown>>): unknown;
}

/** Compiles an expression over `self` and `oldSelf` with the function library of Kubernetes. Throws `CelSyntaxError`. */
export function compileExpression(expression: string): CompiledExpression {
  const usesOldSelf = identifiersOf(expression).some(({ name, member }) => name === 'oldSelf' && !member);
  const run = parse(expression);
  return { usesOldSelf, evaluate: (variables) => run(variables) };
}

function parse(expression: string): (variables: Readonly<Record<string, unknown>>) => unknown {
  try {
    const parsed = celEnvironment().parse(renameCalls(expression, ownNames));
    const { valid, error } = parsed.check();
    if (!valid) throw error ?? new Error('the types do not fit');
    return (variables) => parsed(variables);
  } catch (error) {
    throw new CelSyntaxError(errorText(error), { cause: error });
  }
}

export function optionalOf(value: unknown): unknown {
  return Optional.of(value);
}

export function optionalNone(): unknown {
  return Optional.none();
}
