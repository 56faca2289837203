import { regexOf } from '../../schema/patterns.ts';
import { RegexSyntaxError } from '../../schema/regex/index.ts';
import { parseDuration } from '../library/duration.ts';
import { parseTimestamp } from '../run/timestamp.ts';
import { type CallExpr, childrenOf, type Expr } from '../syntax/ast.ts';
import type { Issue } from '../syntax/issue.ts';
import { formatType, heldType, simpleTypes, type Type } from '../types/type.ts';
import type { Checked } from './check.ts';
import { formatIssues } from './format-rule.ts';

/** Faults that cel-go's validators find in checked expressions: constants that cannot be read, lists of mixed types. */
export function literalIssues(checked: Checked): Issue[] {
  const nodes = [...nodesOf(checked.expr, false)];
  return [
    ...nodes.flatMap(({ node }) => constantIssue(node, 'duration', 0, (text) => parseDuration(text) !== undefined)),
    ...nodes.flatMap(({ node }) => constantIssue(node, 'timestamp', 0, (text) => parseTimestamp(text) !== undefined)),
    ...nodes.flatMap(({ node }) => constantIssue(node, 'matches', 0, isPattern)),
    ...nodes.flatMap(({ node, exempt }) => (exempt ? [] : mixedIssues(node, checked))),
    ...nodes.flatMap(({ node }) => formatIssues(node, (expr) => checked.types.get(expr) ?? simpleTypes.dyn)),
  ];
}

function* nodesOf(node: Expr, exempt: boolean): Generator<{ node: Expr; exempt: boolean }> {
  yield { node, exempt };
  const within = exempt || (node.kind === 'call' && node.name === 'format');
  for (const child of childrenOf(node)) yield* nodesOf(child, within);
}

function constantIssue(node: Expr, name: string, index: number, isGood: (text: string) => boolean): Issue[] {
  if (node.kind !== 'call' || node.name !== name) return [];
  const literal = constantOf(node, index);
  if (literal?.kind !== 'literal' || typeof literal.value !== 'string' || isGood(literal.value)) return [];
  return [{ at: literal.at, message: `invalid ${name} argument` }];
}

function constantOf({ args }: CallExpr, index: number): Expr | undefined {
  return args[index];
}

function isPattern(text: string): boolean {
  try {
    regexOf(text);
    return true;
  } catch (error) {
    if (error instanceof RegexSyntaxError) return false;
    throw error;
  }
}

function mixedIssues(node: Expr, { types }: Checked): Issue[] {
  const typeOf = (expr: Expr, optional: boolean): Type => {
    const type = types.get(expr) ?? simpleTypes.dyn;
    return optional ? (heldType(type) ?? type) : type;
  };
  if (node.kind === 'list') {
    return mixed(
      node.elements.map((element, index) => ({ at: element.at, type: typeOf(element, node.optional.has(index)) })),
    );
  }
  if (node.kind !== 'map') return [];
  const keys = node.entries.map(({ key }) => ({ at: key.at, type: typeOf(key, false) }));
  const values = node.entries.map(({ value, optional }) => ({ at: value.at, type: typeOf(value, optional) }));
  return [...mixed(keys), ...mixed(values)];
}

function mixed([first, ...rest]: readonly { readonly at: number; readonly type: Type }[]): Issue[] {
  const other = rest.find(({ type }) => first && formatType(type) !== formatType(first.type));
  if (!first || !other) return [];
  return [{ at: other.at, message: `expected type '${formatType(first.type)}' but found '${formatType(other.type)}'` }];
}
