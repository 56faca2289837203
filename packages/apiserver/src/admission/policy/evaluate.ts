import { type PolicyExpression, type PolicyVariables, policyErrorText } from '@pullpath/api';
import type { CompiledPolicy, Validation } from './compiled-policy.ts';

/** Why a policy denies a write. */
export interface Denial {
  readonly message: string;
  /** Status reason: Invalid, Forbidden, ... */
  readonly reason: string;
  /** An expression could not be evaluated. */
  readonly failed: boolean;
}

// Longer messages are not shown (Kubernetes `MaxEvaluatedMessageExpressionSizeBytes`).
const longestMessage = 5 * 1024;

/** Runs a policy on bound variables; `failurePolicy: Ignore` makes failures count for nothing. */
export function denialsOf(policy: CompiledPolicy, variables: PolicyVariables, ignoresFailures: boolean): Denial[] {
  const condition = conditionOf(policy, variables);
  if (condition === 'unmatched') return [];
  const denials = condition === 'matched' ? evaluateAll(policy, variables) : [condition];
  return ignoresFailures ? denials.filter(({ failed }) => !failed) : denials;
}

/** One condition that is false settles it, whatever else fails. */
function conditionOf(
  { matchConditions }: CompiledPolicy,
  variables: PolicyVariables,
): 'matched' | 'unmatched' | Denial {
  const results = matchConditions.map((expression) => run(expression, variables));
  if (results.some((result) => 'value' in result && result.value === false)) return 'unmatched';
  const errors = results.flatMap((result) => ('error' in result ? [result.error] : []));
  if (errors.length === 0) return 'matched';
  return failure(errors.length === 1 ? (errors[0] as string) : `[${errors.join(', ')}]`);
}

function evaluateAll(policy: CompiledPolicy, variables: PolicyVariables): Denial[] {
  return [
    ...policy.validations.flatMap((validation) => evaluate(validation, variables)),
    ...policy.auditAnnotations.flatMap((expression) => evaluateAnnotation(expression, variables)),
  ];
}

function evaluate(validation: Validation, variables: PolicyVariables): Denial[] {
  const result = run(validation.rule, variables);
  if ('error' in result) return [failure(result.error)];
  if (result.value === true) return [];
  return [{ message: messageOf(validation, variables), reason: validation.reason, failed: false }];
}

function messageOf({ rule, message, messageExpression }: Validation, variables: PolicyVariables): string {
  const result = messageExpression && run(messageExpression, variables);
  const text = result && 'value' in result && typeof result.value === 'string' ? result.value.trim() : '';
  if (text !== '' && Buffer.byteLength(text) <= longestMessage && !text.includes('\n')) return text;
  return message || `failed expression: ${rule.expression.trim()}`;
}

/** There is no audit log to annotate, but an annotation that cannot be made denies as it would there. */
function evaluateAnnotation(expression: PolicyExpression, variables: PolicyVariables): Denial[] {
  const result = run(expression, variables);
  if ('error' in result) return [failure(result.error)];
  if (result.value === null || typeof result.value === 'string') return [];
  const why = `valueExpression '${expression.expression}' resulted in unsupported return type`;
  return [failure(`${why}. Return type must be either string or null.`)];
}

function failure(message: string): Denial {
  return { message, reason: 'Invalid', failed: true };
}

type Outcome = { readonly value: unknown } | { readonly error: string };

function run(expression: PolicyExpression, variables: PolicyVariables): Outcome {
  try {
    return { value: expression.evaluate(variables) };
  } catch (error) {
    return { error: `expression '${expression.expression}' resulted in error: ${policyErrorText(error)}` };
  }
}
