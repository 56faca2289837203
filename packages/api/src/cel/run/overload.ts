import { type Overload, overloadsOf } from '../types/declarations.ts';
import type { Type } from '../types/type.ts';
import { functions } from './functions/index.ts';
import { typeNameOf } from './type-name.ts';
import { CelFailure } from './values.ts';

/** An overload with what carries it out. */
export interface Callable {
  readonly id: string;
  readonly params: readonly Type[];
  readonly run: (args: readonly unknown[]) => unknown;
}

/** The overloads of a function by their ids, in the order of declaration. */
export function callables(name: string, ids: readonly string[]): Callable[] {
  return (overloadsOf(name) ?? []).filter(({ id }) => ids.includes(id)).map(callableOf);
}

function callableOf({ id, params }: Overload): Callable {
  const run = functions.get(id);
  if (!run) throw new Error(`the function ${id} is declared but missing`);
  // The declaration says what the values are.
  return { id, params, run: (args) => run(...(args as readonly never[])) };
}

/** The first overload that takes the values. Throws `CelFailure` where none does. */
export function choose(name: string, overloads: readonly Callable[], args: readonly unknown[]): Callable {
  const found = overloads.find(({ params }) => params.every((param, index) => isOf(param, args[index])));
  if (!found) throw new CelFailure(noOverloadText(name, args));
  return found;
}

const operands = new Set(
  'bool bytes double int string uint list google.protobuf.Duration google.protobuf.Timestamp'.split(' '),
);

/** Operators of values that have them name no operator. */
function noOverloadText(name: string, args: readonly unknown[]): string {
  const types = args.map(typeNameOf);
  const isOperator = name.startsWith('_') || name === '!_' || name === '-_';
  if (!isOperator) return `no such overload: ${name}(${types.join(', ')})`;
  return operands.has(types[0] ?? '') ? 'no such overload' : `no such overload: ${name}`;
}

function isOf({ kind, name }: Type, value: unknown): boolean {
  return kind === 'dyn' || kind === 'param' || typeNameOf(value) === name;
}
