import { formatKeywordPath, patternProblems, type RuleProblem, ruleProblems } from '@pullpath/api';
import { goJson } from '../apply/fields/go-json.ts';
import { forbiddenValue, invalidValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import { isMap, type SchemaProps, schemaOf } from './schema.ts';

/** Rules and patterns of a version's schema that cannot be used, each at its place. */
export function ruleFaults(schema: SchemaProps, field: string): FieldFault[] {
  const structural = schemaOf(schema);
  const patterns = patternProblems(structural, []).map(({ path, message }) =>
    invalidValue(formatKeywordPath(field, path), '', message),
  );
  return [...patterns, ...ruleProblems(structural).map((problem) => ruleFault(problem, field))];
}

function ruleFault({ path, type, value, detail, within }: RuleProblem, field: string): FieldFault {
  const place = formatKeywordPath(field, path);
  const text = within ? `${detail} ${formatKeywordPath(field, within)}` : detail;
  if (type === 'Forbidden') return forbiddenValue(place, text);
  // Structures are shown as Go writes JSON, texts as Go quotes them.
  if (!isMap(value)) return invalidValue(place, value, text);
  const members = Object.entries(value).map(([name, member]) => `${goJson(name)}:${goJson(member)}`);
  return { reason: 'FieldValueInvalid', message: `Invalid value: {${members.join(',')}}: ${text}`, field: place };
}
