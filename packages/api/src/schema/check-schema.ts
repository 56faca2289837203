import { ruleProblems } from '../cel/rules/static-problems.ts';
import type { Path } from '../load/located.ts';
import { matchesPattern } from './patterns.ts';
import { RegexSyntaxError } from './regex/index.ts';
import type { Schema } from './schema.ts';

/** A pattern or rule of a schema that cannot be used; the path leads through the schema's own keywords. */
export interface SchemaProblem {
  readonly path: Path;
  readonly message: string;
}

/** What keeps a schema from being used: `validate` throws on such patterns and rules. */
export function schemaProblems(schema: Schema): SchemaProblem[] {
  const rules = ruleProblems(schema).map(({ path, detail }) => ({ path, message: detail }));
  return [...patternProblems(schema, []), ...rules];
}

/** Patterns that are no regular expressions. */
export function patternProblems(schema: Schema, path: Path): SchemaProblem[] {
  const { properties = {}, items, additionalProperties, pattern } = schema;
  return [
    ...(pattern === undefined ? [] : patternProblem(pattern, [...path, 'pattern'])),
    ...Object.entries(properties).flatMap(([name, child]) => patternProblems(child, [...path, 'properties', name])),
    ...(items ? patternProblems(items, [...path, 'items']) : []),
    ...(additionalProperties ? patternProblems(additionalProperties, [...path, 'additionalProperties']) : []),
  ];
}

function patternProblem(pattern: string, path: Path): SchemaProblem[] {
  try {
    matchesPattern(pattern, '');
    return [];
  } catch (error) {
    if (error instanceof RegexSyntaxError) return [{ path, message: error.message }];
    throw error;
  }
}
