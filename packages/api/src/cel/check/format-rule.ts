import { type Clause, clauseFault, clausesOf, stringFault } from '../run/functions/format-text.ts';
import { CelFailure } from '../run/values.ts';
import type { Expr } from '../syntax/ast.ts';
import type { Issue } from '../syntax/issue.ts';
import { simpleTypes, type Type } from '../types/type.ts';

/** Faults of `'...'.format([...])` that the constants and types of the call show (cel-go `stringFormatValidator`). */
export function formatIssues(node: Expr, typeOf: (expr: Expr) => Type): Issue[] {
  if (node.kind !== 'call' || node.name !== 'format' || node.target?.kind !== 'literal') return [];
  const [list] = node.args;
  if (list?.kind !== 'list' || typeof node.target.value !== 'string') return [];
  try {
    return clauseIssues(node, list.elements, clausesOf(node.target.value), typeOf);
  } catch (error) {
    if (error instanceof CelFailure) return [{ at: node.at, message: error.message }];
    throw error;
  }
}

function clauseIssues(
  { at }: Expr,
  args: readonly Expr[],
  parts: readonly (string | Clause)[],
  typeOf: (expr: Expr) => Type,
): Issue[] {
  const clauses = parts.filter((part) => typeof part !== 'string');
  for (const [index, clause] of clauses.entries()) {
    const arg = args[index];
    if (!arg) return [{ at, message: `index ${index} out of range` }];
    const issue = clause.letter === 's' ? stringIssue(arg, typeOf) : typeIssue(clause, arg, typeOf(arg));
    if (issue) return [issue];
  }
  if (args.length <= clauses.length) return [];
  return [
    {
      at,
      message: `too many arguments supplied to string.format (expected ${clauses.length}, got ${args.length})`,
    },
  ];
}

function typeIssue({ letter }: Clause, arg: Expr, type: Type): Issue | undefined {
  if ((letter === 'f' || letter === 'e') && type.kind === 'string') return undefined;
  const message = clauseFault(letter, type.name);
  return message === undefined ? undefined : { at: arg.at, message };
}

const unseen = ['struct', 'opaque', 'error'];

function stringIssue(arg: Expr, typeOf: (expr: Expr) => Type): Issue | undefined {
  const type = typeOf(arg);
  if (unseen.includes(type.kind) && type.kind !== simpleTypes.dyn.kind)
    return { at: arg.at, message: stringFault(type.name) };
  const parts =
    arg.kind === 'list'
      ? arg.elements
      : arg.kind === 'map'
        ? arg.entries.flatMap(({ key, value }) => [key, value])
        : [];
  for (const part of parts) {
    const issue = stringIssue(part, typeOf);
    if (issue) return issue;
  }
  return undefined;
}
