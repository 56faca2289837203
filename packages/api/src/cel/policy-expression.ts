import type { Environment } from '@marcbachmann/cel-js';
import { CelSyntaxError } from './compile.ts';
import { createLibrary, ownNames } from './environment.ts';
import { errorText } from './error-text.ts';
import {
  type AccessCheck,
  type AccessChecker,
  authorizerValue,
  registerAuthorizer,
  resourceCheckValue,
} from './library/authorizer.ts';
import { identifiersOf, renameCalls } from './source.ts';
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

/**
 * Compiles an expression over `object`, `oldObject`, `request`, `namespaceObject`, `params`, `variables` and `authorizer`, as
 * ValidatingAdmissionPolicy has them. Throws `CelSyntaxError`.
 */
export function compilePolicyExpression(expression: string): PolicyExpression {
  try {
    const parsed = policyEnvironment().parse(renameCalls(withoutMember(expression), ownNames));
    const { valid, error, type = 'dyn' } = parsed.check();
    if (!valid) throw error ?? new Error('the types do not fit');
    return { expression, resultType: typeName(type), evaluate: (variables) => parsed(variables) };
  } catch (error) {
    throw new CelSyntaxError(errorText(error), { cause: error });
  }
}

function typeName(type: string): string {
  return type === 'null' ? 'null_type' : type;
}

/** The one-line reason why evaluation of a policy expression failed. */
export function policyErrorText(error: unknown): string {
  return errorText(error);
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

/**
 * A map that computes a variable when it is first read; a failure is the failure of every expression that reads it. The
 * evaluator knows maps by their exact class, hence no subclass.
 */
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

// The language has no variables with a dot; the check of the request is one of its own.
const requestResource = 'authorizerRequestResource';

function withoutMember(expression: string): string {
  const identifiers = identifiersOf(expression);
  let result = '';
  let copied = 0;
  for (const [index, { name, end, member }] of identifiers.entries()) {
    const owner = identifiers[index - 1];
    if (name !== 'requestResource' || !member || owner?.name !== 'authorizer' || owner.member) continue;
    result += expression.slice(copied, owner.start) + requestResource;
    copied = end;
  }
  return result + expression.slice(copied);
}

let environment: Environment | undefined;

function policyEnvironment(): Environment {
  environment ??= createEnvironment();
  return environment;
}

function createEnvironment(): Environment {
  const created = createLibrary();
  for (const name of [
    'object',
    'oldObject',
    'request',
    'namespaceObject',
    'params',
    'variables',
    'authorizer',
    requestResource,
  ])
    created.registerVariable(name, 'dyn');
  registerAuthorizer(created);
  return created;
}
