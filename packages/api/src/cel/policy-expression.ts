import { checkExpression, type Scope } from './check/check.ts';
import { literalIssues } from './check/literal-rules.ts';
import { type AccessCheck, type AccessChecker, authorizerValue, resourceCheckValue } from './library/authorizer.ts';
import { callCostLimit } from './rules/limits.ts';
import { programOf } from './run/interpret.ts';
import { Meter } from './run/meter.ts';
import { issuesText } from './syntax/issue.ts';
import { parseExpression } from './syntax/parse.ts';
import { CelSyntaxError } from './syntax-error.ts';
import { simpleTypes, structType } from './types/type.ts';
import { createConverter } from './value.ts';

/** What an expression of an admission policy reads; JSON values, absent ones are null. */
export interface PolicyInput {
  readonly object: unknown;
  readonly oldObject: unknown;
  readonly request: unknown;
  readonly namespaceObject: unknown;
  readonly params: unknown;
  /** Later variables read earlier ones; each is computed once, when something reads it. */
  readonly variables: readonly PolicyVariable[];
  readonly authorizer: AccessChecker;
  readonly requestResource: Partial<AccessCheck>;
}

export interface PolicyVariable {
  readonly name: string;
  readonly expression: PolicyExpression;
}

/** A compiled expression of an admission policy. */
export interface PolicyExpression {
  readonly expression: string;
  /** CEL type of the result, `dyn` where it is only known at run time. */
  readonly resultType: string;
  evaluate(variables: PolicyVariables): unknown;
}

/** Bound variables, ready for any number of expressions. */
export type PolicyVariables = Readonly<Record<string, unknown>>;

const requestResource = 'authorizer.requestResource';

const scope: Scope = {
  variables: new Map([
    ...['object', 'oldObject', 'request', 'namespaceObject', 'params', 'variables'].map(
      (name) => [name, simpleTypes.dyn] as const,
    ),
    ['authorizer', structType('kubernetes.authorization.Authorizer')],
    [requestResource, structType('kubernetes.authorization.ResourceCheck')],
  ]),
  structs: new Map(),
};

/**
 * Compiles an expression over `object`, `oldObject`, `request`, `namespaceObject`, `params`, `variables` and `authorizer`, as
 * ValidatingAdmissionPolicy has them. Throws `CelSyntaxError`.
 */
export function compilePolicyExpression(expression: string): PolicyExpression {
  const parsed = parseExpression(expression);
  if ('issues' in parsed) throw new CelSyntaxError(issuesText(expression, parsed.issues));
  const checked = checkExpression(parsed.expr, scope);
  const issues = checked.issues.length > 0 ? checked.issues : literalIssues(checked);
  if (issues.length > 0) throw new CelSyntaxError(issuesText(expression, issues));
  const program = programOf(checked);
  return {
    expression,
    resultType: (checked.types.get(checked.expr) ?? simpleTypes.dyn).name,
    evaluate: (variables) => program((name) => variables[name], new Meter(callCostLimit)),
  };
}

/** The one-line reason why evaluation of a policy expression failed. */
export function policyErrorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Binds the input of a policy for its expressions. */
export function bindPolicyInput(input: PolicyInput): PolicyVariables {
  const convert = createConverter();
  const bound: Record<string, unknown> = {
    object: convert({}, input.object),
    oldObject: convert({}, input.oldObject),
    request: convert({}, input.request),
    namespaceObject: convert({}, input.namespaceObject),
    params: convert({}, input.params),
    authorizer: authorizerValue(input.authorizer),
    [requestResource]: resourceCheckValue(input.authorizer, input.requestResource),
  };
  bound['variables'] = lazyVariables(input.variables, bound);
  return bound;
}

/** A map that computes a variable when it is first read; a failure is the failure of every expression that reads it. */
function lazyVariables(variables: readonly PolicyVariable[], bound: PolicyVariables): Map<string, unknown> {
  const pending = new Map(variables.map(({ name, expression }) => [name, expression] as const));
  const computed = new Map<string, unknown>();
  const map = new Map<string, unknown>();
  map.has = (name) => pending.has(name);
  map.get = (name) => {
    const expression = pending.get(name);
    if (expression && !computed.has(name)) computed.set(name, expression.evaluate(bound));
    return computed.get(name);
  };
  return map;
}
