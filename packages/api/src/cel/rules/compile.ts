import { type Checked, checkExpression, type Scope } from '../check/check.ts';
import { literalIssues } from '../check/literal-rules.ts';
import { estimateCost } from '../cost/estimate.ts';
import type { SchemaType } from '../schema-type.ts';
import { issuesText } from '../syntax/issue.ts';
import { parseExpression } from '../syntax/parse.ts';
import { formatType, optionalType, type Type } from '../types/type.ts';

/** An expression over `self` and `oldSelf`, typed; or why it is none. */
export type Compiled = { readonly checked: Checked; readonly cost: number } | { readonly fault: string };

/** Parses, types and estimates an expression over values of a schema. */
export function compileOver(expression: string, self: SchemaType, optionalOldSelf: boolean): Compiled {
  const parsed = parseExpression(expression);
  if ('issues' in parsed) return { fault: issuesText(expression, parsed.issues) };
  const checked = checkExpression(parsed.expr, scopeOf(self, optionalOldSelf));
  const issues = checked.issues.length > 0 ? checked.issues : literalIssues(checked);
  if (issues.length > 0) return { fault: issuesText(expression, issues) };
  return { checked, cost: estimateCost(checked, self).max };
}

/** The type of the result, as text. */
export function resultTypeOf({ types, expr }: Checked): string {
  const type = types.get(expr);
  return type ? formatType(type) : 'dyn';
}

const scopes = new WeakMap<SchemaType, Scope>();

function scopeOf(self: SchemaType, optionalOldSelf: boolean): Scope {
  let scope = scopes.get(self);
  if (!scope) {
    scope = { variables: variablesOf(self.type, self.type), structs: structsOf(self, new Map()) };
    scopes.set(self, scope);
  }
  return optionalOldSelf ? { ...scope, variables: variablesOf(self.type, optionalType(self.type)) } : scope;
}

function variablesOf(self: Type, oldSelf: Type): ReadonlyMap<string, Type> {
  return new Map([
    ['self', self],
    ['oldSelf', oldSelf],
  ]);
}

function structsOf(
  at: SchemaType,
  found: Map<string, ReadonlyMap<string, Type>>,
): Map<string, ReadonlyMap<string, Type>> {
  if (at.type.kind === 'struct')
    found.set(at.type.name, new Map([...at.fields].map(([name, { type }]) => [name, type])));
  for (const field of at.fields.values()) structsOf(field, found);
  if (at.element) structsOf(at.element, found);
  return found;
}
