import { formatPath } from '../load/located.ts';
import type { FieldError, FieldErrorType } from './field-error.ts';
import { listTypeErrors } from './list-types.ts';
import { type RuleFilter, ruleErrors } from './rules.ts';
import type { Schema } from './schema.ts';
import { structuralErrors } from './structure.ts';

export interface ValidateOptions {
  /** The object before the update: transition rules run, and what did not change is tolerated. */
  readonly oldValue?: unknown;
  /**
   * Which CEL rules run beside other faults. `server`: none once a fault keeps the API server from running them, which it
   * then says in one more fault. `always`: all. `sound` (the default): those on values that have no such fault, so that a user sees every
   * mistake and no echo of one.
   */
  readonly rules?: 'server' | 'always' | 'sound';
}

/**
 * Checks a value against a schema as an API server checks a custom resource; faults come in the order of the value. Throws
 * where the schema itself has `schemaProblems`.
 */
export function validate(schema: Schema, value: unknown, options: ValidateOptions = {}): FieldError[] {
  const old = options.oldValue === undefined ? undefined : { value: options.oldValue };
  const errors = [...structuralErrors(schema, value, old), ...listTypeErrors(schema, value, old)];
  const blocking = errors.filter(({ type }) => blockingTypes.has(type));
  if (options.rules === 'server' && blocking.length > 0) return [...errors, rulesNotChecked];
  const runs = options.rules === 'always' ? () => true : soundPlaces(blocking);
  return [...errors, ...ruleErrors(schema, value, old, runs)];
}

/** Faults after which the API server does not run rules: they could not trust the types of what they read. */
const blockingTypes: ReadonlySet<FieldErrorType> = new Set([
  'Required',
  'NotSupported',
  'TooLong',
  'TooMany',
  'TypeInvalid',
]);

const rulesNotChecked: FieldError = {
  path: [],
  type: 'Invalid',
  keyword: 'check',
  detail:
    'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
};

/** Every place but those that contain one of the faults. */
function soundPlaces(faults: readonly FieldError[]): RuleFilter {
  if (faults.length === 0) return () => true;
  const unsound = new Set<string>();
  for (const { path } of faults) {
    for (let depth = 1; depth <= path.length; depth++) unsound.add(formatPath(path.slice(0, depth)));
  }
  return (path) => path.length > 0 && !unsound.has(formatPath(path));
}
