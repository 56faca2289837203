import { CelSyntaxError } from '../cel/compile.ts';
import { checkRule } from '../cel/evaluate.ts';
import type { Path } from '../load/located.ts';
import { matchesPattern } from './patterns.ts';
import { RegexSyntaxError } from './regex/index.ts';
import type { Schema } from './schema.ts';

/** A pattern or rule of a schema that cannot be compiled; the path leads through the schema's own keywords. */
export interface SchemaProblem {
  readonly path: Path;
  readonly message: string;
}

/** What keeps a schema from being used: `validate` throws on such patterns and rules. */
export function schemaProblems(schema: Schema, path: Path = []): SchemaProblem[] {
  const { properties = {}, items, additionalProperties, pattern, validations = [] } = schema;
  return [
    ...(pattern === undefined ? [] : problemOf([...path, 'pattern'], () => matchesPattern(pattern, ''))),
    ...validations.flatMap((rule, index) => problemOf([...path, 'validations', index], () => checkRule(rule))),
    ...Object.entries(properties).flatMap(([name, child]) => schemaProblems(child, [...path, 'properties', name])),
    ...(items ? schemaProblems(items, [...path, 'items']) : []),
    ...(additionalProperties ? schemaProblems(additionalProperties, [...path, 'additionalProperties']) : []),
  ];
}

function problemOf(path: Path, compile: () => unknown): SchemaProblem[] {
  try {
    compile();
    return [];
  } catch (error) {
    if (error instanceof RegexSyntaxError || error instanceof CelSyntaxError) return [{ path, message: error.message }];
    throw error;
  }
}
