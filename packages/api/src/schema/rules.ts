import { rulePrograms } from '../cel/rules/programs.ts';
import { type RuleOutcome, RuleRunner } from '../cel/rules/run-rule.ts';
import { withObjectMeta } from '../cel/schema-type.ts';
import { createConverter } from '../cel/value.ts';
import type { Path } from '../load/located.ts';
import { isUnchanged, type Old, oldItems, oldMember } from './correlate.ts';
import type { FieldError, FieldErrorType } from './field-error.ts';
import { fieldPathIn } from './field-path.ts';
import { isJsonMap, type JsonMap, ownValue } from './json.ts';
import { memberSchema } from './member.ts';
import type { CelRule, Schema } from './schema.ts';

/** Whether the rules on the value at a path are to run. */
export type RuleFilter = (path: Path) => boolean;

/**
 * Faults against `x-kubernetes-validations`. A rule that reads `oldSelf` runs only where an old value corresponds; others
 * are tolerated on a value that did not change. A rule that cannot be evaluated is a fault, as in the API server, and so is
 * what rules cost together.
 */
export function ruleErrors(schema: Schema, value: unknown, old: Old, runs: RuleFilter): FieldError[] {
  return new RuleVisit(runs).errorsOf(schema, value, old);
}

interface Place {
  readonly path: Path;
  readonly old: Old;
  /** The value, or one around it, did not change. */
  readonly unchanged: boolean;
  readonly isResource: boolean;
}

class RuleVisit {
  readonly #runs: RuleFilter;
  readonly #toCel = createConverter();
  readonly #runner = new RuleRunner();
  readonly #errors: FieldError[] = [];

  constructor(runs: RuleFilter) {
    this.#runs = runs;
  }

  errorsOf(schema: Schema, value: unknown, old: Old): FieldError[] {
    this.#visit(schema, value, { path: [], old, unchanged: false, isResource: schema.type === 'object' });
    return this.#errors;
  }

  #visit(schema: Schema, value: unknown, around: Place): void {
    if (value === null || value === undefined || !hasRules(schema) || this.#runner.exhausted) return;
    const place = { ...around, unchanged: around.unchanged || isUnchanged(around.old, value) };
    if (schema.validations && this.#runs(place.path)) this.#rules(schema, value, place);
    if (Array.isArray(value)) this.#list(schema, value, place);
    else if (isJsonMap(value)) this.#map(schema, value, place);
  }

  #rules(schema: Schema, value: unknown, { path, old, unchanged, isResource }: Place): void {
    const seen = isResource ? withObjectMeta(schema) : schema;
    const input = { self: this.#toCel(seen, value), oldSelf: old && { value: this.#toCel(seen, old.value) } };
    for (const program of rulePrograms(schema, isResource)) {
      const outcome = this.#runner.run(program, input);
      const tolerated = unchanged && outcome?.usesOldSelf === false && !outcome.failed;
      if (outcome && !tolerated) this.#errors.push(ruleError(program.rule, outcome, schema, path, value));
      if (this.#runner.exhausted) return;
    }
  }

  #list(schema: Schema, list: readonly unknown[], { path, old, unchanged }: Place): void {
    const { items } = schema;
    if (!items || !hasRules(items)) return;
    const oldOf = oldItems(schema, old);
    const isResource = items.embeddedResource ?? false;
    for (const [index, item] of list.entries()) {
      this.#visit(items, item, { path: [...path, index], old: oldOf(item), unchanged, isResource });
    }
  }

  #map(schema: Schema, map: JsonMap, { path, old, unchanged }: Place): void {
    for (const key of Object.keys(map)) {
      const member = memberSchema(schema, key);
      const isResource = member?.embeddedResource ?? false;
      const place = { path: [...path, key], old: oldMember(old, key), unchanged, isResource };
      if (member) this.#visit(member, ownValue(map, key), place);
    }
  }
}

function ruleError(rule: CelRule, outcome: RuleOutcome, schema: Schema, path: Path, value: unknown): FieldError {
  const { message: detail, failed } = outcome;
  if (failed) return { path, type: 'Invalid', keyword: 'rule', detail, badValue: schema.type ?? '' };
  const below = fieldPathIn(schema, rule.fieldPath ?? '') ?? [];
  const type = types[rule.reason ?? 'FieldValueInvalid'] ?? 'Invalid';
  // Maps and lists are not shown: they are long, and the message says what is wrong in them.
  const shown = typeof value === 'object' || below.length > 0 ? {} : { badValue: value };
  return { path: [...path, ...below], type, keyword: 'rule', detail, ...shown };
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
