import type { Path } from '../../load/located.ts';
import type { CelRule, Schema } from '../../schema/schema.ts';
import { programOf } from '../run/interpret.ts';
import { CelFailure } from '../run/values.ts';
import { maxRequestBytes, type SchemaType, schemaType } from '../schema-type.ts';
import { type Compiled, compileOver, resultTypeOf } from './compile.ts';
import { costText, expressionCostLimit, schemaCostLimit } from './limits.ts';

/** A rule that a CustomResourceDefinition may not have; the path leads through the keywords of the schema. */
export interface RuleProblem {
  readonly path: Path;
  readonly type: 'Invalid' | 'Forbidden';
  readonly detail: string;
  /** What is refused; a rule as Kubernetes shows it. */
  readonly value?: unknown;
  /** A place of the schema that ends the detail. */
  readonly within?: Path;
}

/**
 * Rules and message expressions that do not compile, are of the wrong type, compare with an old value that nothing
 * corresponds to, or may cost too much (Kubernetes `ValidateCustomResourceDefinitionOpenAPISchema`).
 */
export function ruleProblems(schema: Schema): RuleProblem[] {
  const walk = new RuleWalk();
  walk.visit(schema, { path: [], isResource: true, cardinality: 1, uncorrelated: undefined });
  return [...walk.problems, ...walk.totalProblems()];
}

interface Place {
  readonly path: Path;
  readonly isResource: boolean;
  /** How often the value can stand in an object; undefined where nothing bounds it. */
  readonly cardinality: number | undefined;
  /** The first place above whose parts have no old values that correspond. */
  readonly uncorrelated: Path | undefined;
}

interface Expensive {
  readonly path: Path;
  readonly cost: number;
}

class RuleWalk {
  readonly problems: RuleProblem[] = [];
  readonly #expensive: Expensive[] = [];
  #total = 0;

  visit(schema: Schema, place: Place): void {
    const { properties = {}, items, additionalProperties, validations = [] } = schema;
    const factor = mostBelow(schema);
    const bounded = place.cardinality !== undefined && factor !== undefined;
    const cardinality = bounded ? times(place.cardinality, factor) : undefined;
    const below = (path: Path, child: Schema): Place => ({
      path: [...place.path, ...path],
      isResource: child.embeddedResource ?? false,
      cardinality,
      uncorrelated: place.uncorrelated,
    });
    if (additionalProperties) this.visit(additionalProperties, below(['additionalProperties'], additionalProperties));
    for (const [name, child] of Object.entries(properties)) this.visit(child, below(['properties', name], child));
    if (items) {
      const uncorrelated = place.uncorrelated ?? (schema.listType === 'map' ? undefined : place.path);
      this.visit(items, { ...below(['items'], items), uncorrelated });
    }
    if (validations.length > 0) this.#rules(schema, validations, place);
  }

  totalProblems(): RuleProblem[] {
    if (this.#total <= schemaCostLimit) return [];
    const detail = 'contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema';
    const blamed = this.#expensive.sort((a, b) => b.cost - a.cost).slice(0, 4);
    const name = 'x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema';
    return [
      ...blamed.map(({ path }): RuleProblem => ({ path, type: 'Forbidden', detail })),
      { path: [], type: 'Forbidden', detail: costText(name, this.#total, schemaCostLimit) },
    ];
  }

  #rules(schema: Schema, rules: readonly CelRule[], place: Place): void {
    const self = schemaType(schema, place.isResource, 'selfType');
    if (!self) return;
    for (const [index, rule] of rules.entries()) {
      if (rule.rule.trim() !== '') this.#rule(rule, self, place, [...place.path, 'validations', index]);
    }
  }

  #rule(rule: CelRule, self: SchemaType, place: Place, path: Path): void {
    const compiled = compileAs('bool', rule.rule, self, rule);
    const at = [...path, 'rule'];
    if ('fault' in compiled) {
      this.#invalid(at, rule, compiled.fault);
      this.#oldSelf(rule, false, place, path);
      return;
    }
    const count = place.cardinality ?? Math.floor(maxRequestBytes / (self.minSize + 1));
    this.#cost(at, 'estimated rule cost', times(compiled.cost, count));
    if (rule.messageExpression) this.#message(rule, rule.messageExpression, self, [...path, 'messageExpression']);
    this.#oldSelf(rule, compiled.checked.references.has('oldSelf'), place, path);
  }

  #message(rule: CelRule, expression: string, self: SchemaType, path: Path): void {
    const compiled = compileAs('string', expression, self, rule);
    if ('fault' in compiled) this.#invalid(path, rule, compiled.fault);
    else this.#cost(path, 'estimated messageExpression cost', compiled.cost);
  }

  #oldSelf(rule: CelRule, used: boolean, { uncorrelated }: Place, path: Path): void {
    if (used && uncorrelated) {
      const detail = 'oldSelf cannot be used on the uncorrelatable portion of the schema within';
      this.problems.push({ path: [...path, 'rule'], type: 'Invalid', value: rule.rule, detail, within: uncorrelated });
    } else if (!used && rule.optionalOldSelf !== undefined && rule.optionalOldSelf !== null) {
      const detail = 'may not be set if oldSelf is not used in rule';
      this.problems.push({ path: [...path, 'optionalOldSelf'], type: 'Invalid', value: rule.optionalOldSelf, detail });
    }
  }

  #cost(path: Path, name: string, cost: number): void {
    if (cost > expressionCostLimit) {
      this.problems.push({ path, type: 'Forbidden', detail: costText(name, cost, expressionCostLimit) });
    }
    this.#total = Math.min(2 ** 64, this.#total + cost);
    if (cost >= schemaCostLimit / 100) this.#expensive.push({ path, cost });
  }

  #invalid(path: Path, rule: CelRule, detail: string): void {
    this.problems.push({ path, type: 'Invalid', value: shownRule(rule), detail });
  }
}

const expressions = {
  bool: {
    fault: 'compilation failed: ',
    type: 'cel expression must evaluate to a bool',
    program: 'program instantiation failed: ',
  },
  string: {
    fault: 'messageExpression compilation failed: ',
    type: 'messageExpression must evaluate to a string',
    program: 'messageExpression instantiation failed: ',
  },
} as const;

/** An expression whose result must have a type. */
function compileAs(type: 'bool' | 'string', text: string, self: SchemaType, rule: CelRule): Compiled {
  const words = expressions[type];
  const compiled = compileOver(text, self, rule.optionalOldSelf ?? false);
  if ('fault' in compiled) return { fault: `${words.fault}${compiled.fault}` };
  if (resultTypeOf(compiled.checked) !== type) return { fault: words.type };
  try {
    programOf(compiled.checked);
    return compiled;
  } catch (error) {
    if (error instanceof CelFailure) return { fault: `${words.program}${error.message}` };
    throw error;
  }
}

function times(count: number, factor: number): number {
  return Math.min(2 ** 64, count * factor);
}

/** How often a child can stand in one value of a schema; undefined where nothing bounds it. */
function mostBelow({ type, additionalProperties, maxProperties, maxItems }: Schema): number | undefined {
  if (type === 'array') return maxItems === undefined ? undefined : Math.max(0, maxItems);
  if (type !== 'object' || !additionalProperties) return 1;
  return maxProperties === undefined ? undefined : Math.max(0, maxProperties);
}

function shownRule({ rule, message, messageExpression, reason, fieldPath, optionalOldSelf }: CelRule): unknown {
  return {
    Rule: rule,
    Message: message ?? '',
    MessageExpression: messageExpression ?? '',
    Reason: reason ?? null,
    FieldPath: fieldPath ?? '',
    OptionalOldSelf: optionalOldSelf ?? null,
  };
}
