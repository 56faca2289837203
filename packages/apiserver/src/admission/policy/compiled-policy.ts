import { compilePolicyExpression, type PolicyExpression, type PolicyVariable } from '@pullpath/api';
import { listAt, textAt } from '../../builtin/read.ts';
import type { StoredObject } from '../../store/record.ts';

/** A ValidatingAdmissionPolicy with its expressions ready to run. */
export interface CompiledPolicy {
  readonly matchConditions: readonly PolicyExpression[];
  readonly variables: readonly PolicyVariable[];
  readonly validations: readonly Validation[];
  readonly auditAnnotations: readonly PolicyExpression[];
}

export interface Validation {
  readonly rule: PolicyExpression;
  readonly message: string;
  readonly messageExpression: PolicyExpression | undefined;
  readonly reason: string;
}

// Stored objects are never changed in place: a changed policy is another object.
const compiled = new WeakMap<StoredObject, CompiledPolicy>();

/** The policy, compiled once. Throws where an expression is no CEL, which validation has refused before. */
export function compiledPolicy(policy: StoredObject): CompiledPolicy {
  const found = compiled.get(policy) ?? compile(policy);
  compiled.set(policy, found);
  return found;
}

function compile(policy: StoredObject): CompiledPolicy {
  const expressions = (list: string, member: string): PolicyExpression[] =>
    listAt(policy, 'spec', list).map((item) => compilePolicyExpression(textAt(item, member)));
  return {
    matchConditions: expressions('matchConditions', 'expression'),
    variables: listAt(policy, 'spec', 'variables').map((variable) => ({
      name: textAt(variable, 'name'),
      expression: compilePolicyExpression(textAt(variable, 'expression')),
    })),
    validations: listAt(policy, 'spec', 'validations').map(compileValidation),
    auditAnnotations: expressions('auditAnnotations', 'valueExpression'),
  };
}

function compileValidation(validation: unknown): Validation {
  const messageExpression = textAt(validation, 'messageExpression');
  return {
    rule: compilePolicyExpression(textAt(validation, 'expression')),
    message: textAt(validation, 'message').trim(),
    messageExpression: messageExpression === '' ? undefined : compilePolicyExpression(messageExpression),
    reason: textAt(validation, 'reason') || 'Invalid',
  };
}
