import type { CelRule } from '../../schema/schema.ts';
import type { Program } from '../run/interpret.ts';
import { Meter } from '../run/meter.ts';
import { CelFailure, CostExceeded, Optional } from '../run/values.ts';
import { callCostLimit, objectCostLimit } from './limits.ts';
import type { RuleProgram } from './programs.ts';

export interface RuleInput {
  /** CEL values, see `createConverter`. */
  readonly self: unknown;
  readonly oldSelf: { readonly value: unknown } | undefined;
}

/** A rule that does not hold. */
export interface RuleOutcome {
  readonly message: string;
  /** It could not be evaluated, or could not be compiled. */
  readonly failed: boolean;
  readonly usesOldSelf: boolean;
}

/** Runs rules on one object, which may not cost more than the API server allows. */
export class RuleRunner {
  #left = objectCostLimit;

  /** Whether the cost of rules has come to an end of its budget; no further rule is run then. */
  get exhausted(): boolean {
    return this.#left < 0;
  }

  /** What rules have cost so far. */
  get spent(): number {
    return objectCostLimit - this.#left;
  }

  /** Undefined when the rule holds, or does not apply since it compares with an old value and there is none. */
  run(program: RuleProgram, input: RuleInput): RuleOutcome | undefined {
    if ('fault' in program) return failure(`rule compile error: ${program.fault}`, false);
    const { rule, usesOldSelf } = program;
    if (usesOldSelf && !input.oldSelf && !rule.optionalOldSelf) return undefined;
    const bindings = bindingsOf(rule, input);
    const result = this.#evaluate(program.run, bindings);
    if ('outOfBudget' in result) {
      return failure(
        'validation failed due to running out of cost budget, no further validation rules will be run',
        usesOldSelf,
      );
    }
    if ('error' in result) return failure(errorText(result.error, rule), usesOldSelf);
    if (result.value === true) return undefined;
    return this.#broken(program, bindings);
  }

  #broken(program: Exclude<RuleProgram, { readonly fault: string }>, bindings: (name: string) => unknown): RuleOutcome {
    const { rule, message, usesOldSelf } = program;
    const fixed = rule.message ? rule.message.trim() : `failed rule: ${ruleText(rule)}`;
    const result = message ? this.#evaluate(message, bindings) : undefined;
    if (result && this.exhausted) return { message: exhaustedText(rule, result), failed: true, usesOldSelf };
    const text = result && 'value' in result ? lineOf(result.value) : undefined;
    return { message: text ?? fixed, failed: false, usesOldSelf };
  }

  #evaluate(program: Program, bindings: (name: string) => unknown): Evaluation {
    const meter = new Meter(callCostLimit);
    let outcome: Evaluation;
    try {
      outcome = { value: program(bindings, meter) };
    } catch (error) {
      if (!(error instanceof CelFailure || error instanceof CostExceeded)) throw error;
      outcome = { error };
    }
    const outOfBudget = meter.spent > this.#left;
    this.#left =
      outOfBudget || ('error' in outcome && outcome.error instanceof CostExceeded) ? -1 : this.#left - meter.spent;
    return outOfBudget ? { outOfBudget } : outcome;
  }
}

type Evaluation =
  | { readonly value: unknown }
  | { readonly error: CelFailure | CostExceeded }
  | { readonly outOfBudget: true };

function failure(message: string, usesOldSelf: boolean): RuleOutcome {
  return { message, failed: true, usesOldSelf };
}

function bindingsOf(rule: CelRule, { self, oldSelf }: RuleInput): (name: string) => unknown {
  const optional = oldSelf ? Optional.of(oldSelf.value) : Optional.none;
  const old = rule.optionalOldSelf ? optional : oldSelf?.value;
  return (name) => (name === 'self' ? self : name === 'oldSelf' ? old : undefined);
}

function errorText(error: Error, rule: CelRule): string {
  const text = ruleText(rule);
  if (error.message.startsWith('no such overload')) {
    return `'${error.message}': call arguments did not match a supported operator, function or macro signature for rule: ${text}`;
  }
  if (error instanceof CostExceeded) {
    return `'${error.message}': no further validation rules will be run due to call cost exceeds limit for rule: ${text}`;
  }
  return `${error.message} evaluating rule: ${text}`;
}

function ruleText({ rule, message }: CelRule): string {
  return (message || rule).trim();
}

function exhaustedText({ messageExpression }: CelRule, result: Evaluation): string {
  if ('outOfBudget' in result) {
    return 'messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run';
  }
  return `no further validation rules will be run due to call cost exceeds limit for messageExpression: ${JSON.stringify(messageExpression)}`;
}

/** The longest message that an expression may make, in bytes. */
const longestMessage = 5 * 1024;

/** A message expression counts where it gives one line of text. */
function lineOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  const fits = text !== '' && !text.includes('\n') && new TextEncoder().encode(text).length <= longestMessage;
  return fits ? text : undefined;
}
