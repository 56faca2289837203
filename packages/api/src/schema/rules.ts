import { evaluateRule, type RuleInput } from '../cel/evaluate.ts';
import { createConverter } from '../cel/value.ts';
import type { Path } from '../load/located.ts';
import { isUnchanged, type Old, oldItems, oldMember } from './correlate.ts';
import type { FieldError, FieldErrorType } from './field-error.ts';
import { parseFieldPath } from './field-path.ts';
import { isJsonMap, ownValue } from './json.ts';
import { memberSchema } from './member.ts';
import type { CelRule, Schema } from './schema.ts';

/** Whether the rules on the value at a path are to run. */
export type RuleFilter = (path: Path) => boolean;

/**
 * Faults against `x-kubernetes-validations`. A rule that reads `oldSelf` runs only where an old value corresponds; others
 * are tolerated on a value that did not change. A rule that cannot be evaluated is a fault, as in the API server.
 */
export function ruleErrors(schema: Schema, value: unknown, old: Old, runs: RuleFilter): FieldError[] {
  const toCel = createConverter();
  const errors: FieldError[] = [];
  const visit = (node: Schema, item: unknown, path: Path, before: Old, tolerated: boolean): void => {
    if (item === null || item === undefined || !hasRules(node)) return;
    const unchanged = tolerated || isUnchanged(before, item);
    if (runs(path)) {
      for (const rule of node.validations ?? []) {
        const input: RuleInput = { self: toCel(node, item), oldSelf: before && { value: toCel(node, before.value) } };
        errors.push(...brokenRule(rule, input, unchanged, { path, value: item }));
      }
    }
    if (Array.isArray(item)) visitList(node, item, path, before, unchanged);
    else if (isJsonMap(item)) {
      for (const key of Object.keys(item)) {
        const member = memberSchema(node, key);
        const correlated = node.mapType === 'atomic' ? undefined : oldMember(before, key);
        if (member) visit(member, ownValue(item, key), [...path, key], correlated, unchanged);
      }
    }
  };
  const visitList = (node: Schema, list: readonly unknown[], path: Path, before: Old, unchanged: boolean): void => {
    const { items } = node;
    if (!items || !hasRules(items)) return;
    const oldOf = oldItems(node, before);
    list.forEach((item, index) => {
      visit(items, item, [...path, index], oldOf(item), unchanged);
    });
  };
  visit(schema, value, [], old, false);
  return errors;
}

interface Place {
  readonly path: Path;
  readonly value: unknown;
}

function brokenRule(
  rule: CelRule,
  input: RuleInput,
  unchanged: boolean,
  { path, value }: Place,
): readonly FieldError[] {
  const outcome = evaluateRule(rule, input);
  if (outcome === undefined || (unchanged && !outcome.usesOldSelf)) return [];
  const at = rule.fieldPath === undefined || outcome.failed ? path : [...path, ...parseFieldPath(rule.fieldPath)];
  const type = outcome.failed ? 'Invalid' : (types[rule.reason ?? 'FieldValueInvalid'] ?? 'Invalid');
  // Maps and lists are not shown: they are long, and the message says what is wrong in them.
  const shown = typeof value === 'object' || at !== path ? {} : { badValue: value };
  return [{ path: at, type, keyword: 'rule', detail: outcome.message, ...shown }];
}

const types: Readonly<Record<string, FieldErrorType>> = {
  FieldValueInvalid: 'Invalid',
  FieldValueForbidden: 'Forbidden',
  FieldValueRequired: 'Required',
  FieldValueDuplicate: 'Duplicate',
};

const known = new WeakMap<Schema, boolean>();

/** Whether the schema or one below it has rules; most lists have none, and are not walked then. */
function hasRules(schema: Schema): boolean {
  const answer = known.get(schema);
  if (answer !== undefined) return answer;
  const below = [...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties];
  const result = (schema.validations?.length ?? 0) > 0 || below.some((child) => child !== undefined && hasRules(child));
  known.set(schema, result);
  return result;
}
