import type { CelRule, Schema } from '../../schema/schema.ts';
import { type Program, programOf } from '../run/interpret.ts';
import { CelFailure } from '../run/values.ts';
import { type SchemaType, schemaType } from '../schema-type.ts';
import { compileOver, resultTypeOf } from './compile.ts';

/** A rule ready to run, or why it is not. */
export type RuleProgram =
  | {
      readonly rule: CelRule;
      readonly run: Program;
      readonly message: Program | undefined;
      readonly usesOldSelf: boolean;
    }
  | { readonly rule: CelRule; readonly fault: string };

const ofResources = new WeakMap<Schema, readonly RuleProgram[]>();
const ofValues = new WeakMap<Schema, readonly RuleProgram[]>();

/** The rules of a schema, compiled once. Rules without text are left out. */
export function rulePrograms(schema: Schema, isResource: boolean): readonly RuleProgram[] {
  const known = isResource ? ofResources : ofValues;
  const programs = known.get(schema) ?? compileRules(schema, isResource);
  known.set(schema, programs);
  return programs;
}

function compileRules(schema: Schema, isResource: boolean): RuleProgram[] {
  const self = schemaType(schema, isResource, 'selfType');
  if (!self) return [];
  return (schema.validations ?? []).filter(({ rule }) => rule.trim() !== '').map((rule) => compileRule(rule, self));
}

function compileRule(rule: CelRule, self: SchemaType): RuleProgram {
  const compiled = compileOver(rule.rule, self, rule.optionalOldSelf ?? false);
  if ('fault' in compiled) return { rule, fault: `compilation failed: ${compiled.fault}` };
  if (resultTypeOf(compiled.checked) !== 'bool') return { rule, fault: 'cel expression must evaluate to a bool' };
  const usesOldSelf = compiled.checked.references.has('oldSelf');
  try {
    return { rule, run: programOf(compiled.checked), message: messageOf(rule, self), usesOldSelf };
  } catch (error) {
    if (error instanceof CelFailure) return { rule, fault: `program instantiation failed: ${error.message}` };
    throw error;
  }
}

/** A message expression that does not compile is as if it were not there. */
function messageOf({ messageExpression, optionalOldSelf }: CelRule, self: SchemaType): Program | undefined {
  if (!messageExpression) return undefined;
  const compiled = compileOver(messageExpression, self, optionalOldSelf ?? false);
  if ('fault' in compiled || resultTypeOf(compiled.checked) !== 'string') return undefined;
  try {
    return programOf(compiled.checked);
  } catch (error) {
    if (error instanceof CelFailure) return undefined;
    throw error;
  }
}
