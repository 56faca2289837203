import type { CelRule } from '../schema/schema.ts';
import { type CompiledExpression, compileExpression, optionalNone, optionalOf } from './compile.ts';
import { errorText } from './error-text.ts';

export interface RuleInput {
  /** CEL values, see `createConverter`. */
  readonly self: unknown;
  readonly oldSelf: { readonly value: unknown } | undefined;
}

/** A rule that does not hold. `failed` means that it could not be evaluated. */
export interface RuleOutcome {
  readonly message: string;
  readonly failed: boolean;
  readonly usesOldSelf: boolean;
}

/** Undefined when the rule holds, or does not apply since it compares with an old value and there is none. */
export function evaluateRule(rule: CelRule, input: RuleInput): RuleOutcome | undefined {
  const compiled = compiledRule(rule);
  const { usesOldSelf } = compiled;
  if (usesOldSelf && !input.oldSelf && !rule.optionalOldSelf) return undefined;
  const variables = { self: input.self, oldSelf: oldSelfOf(rule, input) };
  try {
    if (compiled.evaluate(variables) === true) return undefined;
  } catch (error) {
    return { message: `rule "${rule.rule}" failed: ${errorText(error)}`, failed: true, usesOldSelf };
  }
  return { message: messageOf(rule, compiled, variables), failed: false, usesOldSelf };
}

/** Throws `CelSyntaxError` when the rule or its message expression is not valid CEL. */
export function checkRule(rule: CelRule): void {
  compiledRule(rule);
}

function oldSelfOf(rule: CelRule, { oldSelf }: RuleInput): unknown {
  if (!rule.optionalOldSelf) return oldSelf?.value ?? null;
  return oldSelf ? optionalOf(oldSelf.value) : optionalNone();
}

interface CompiledRule extends CompiledExpression {
  readonly message: CompiledExpression | undefined;
}

const compiledRules = new WeakMap<CelRule, CompiledRule>();

function compiledRule(rule: CelRule): CompiledRule {
  const known = compiledRules.get(rule);
  if (known) return known;
  const message = rule.messageExpression === undefined ? undefined : compileExpression(rule.messageExpression);
  const compiled = { ...compileExpression(rule.rule), message };
  compiledRules.set(rule, compiled);
  return compiled;
}

/** The message expression wins where it gives a line of text; where it fails, the fixed message stands, as upstream. */
function messageOf(rule: CelRule, { message }: CompiledRule, variables: Readonly<Record<string, unknown>>): string {
  const fixed = rule.message ?? `failed rule: ${rule.rule}`;
  if (!message) return fixed;
  try {
    const text = message.evaluate(variables);
    return typeof text === 'string' && text.trim() !== '' && !text.includes('\n') ? text : fixed;
  } catch {
    return fixed;
  }
}
