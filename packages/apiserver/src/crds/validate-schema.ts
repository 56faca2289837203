import { forbiddenValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import { defaultFaults } from './default-faults.ts';
import { openApiFaults } from './dialect.ts';
import { ruleFaults } from './rule-faults.ts';
import type { SchemaProps } from './schema.ts';
import { structuralFaults } from './structural.ts';

/** Faults of a version's `openAPIV3Schema`: it must be structural, its patterns and rules must compile. Source: apiextensions-apiserver `schema.ValidateStructural`. */
export function schemaFaults(schema: SchemaProps, field: string): FieldFault[] {
  const structural = structuralFaults(schema, 'root', field).sort(byText);
  const root =
    schema['nullable'] === true ? [forbiddenValue(`${field}.nullable`, 'nullable cannot be true at the root')] : [];
  const defaults = structural.length === 0 ? defaultFaults(schema, field) : [];
  const openApi = openApiFaults(schema, field);
  const faults = [...root, ...structural, ...defaults, ...openApi];
  return faults.length > 0 ? faults : ruleFaults(schema, field);
}

function byText(a: FieldFault, b: FieldFault): number {
  const [left, right] = [`${a.field}: ${a.message}`, `${b.field}: ${b.message}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
