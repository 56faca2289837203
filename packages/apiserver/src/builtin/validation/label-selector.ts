import { labelValueFaults, qualifiedNameFaults } from '../../rest/name-grammar.ts';
import type { FieldFault } from '../../status/status.ts';
import { listAt, mapAt, textAt } from '../read.ts';
import { forbidden, invalid, invalidEach, required } from './faults.ts';

/** Faults of a `metav1.LabelSelector`; an absent one has none. */
export function labelSelectorFaults(selector: unknown, field: string): FieldFault[] {
  return [
    ...labelsFaults(mapAt(selector, 'matchLabels'), `${field}.matchLabels`),
    ...listAt(selector, 'matchExpressions').flatMap((item, index) =>
      requirementFaults(item, `${field}.matchExpressions[${index}]`),
    ),
  ];
}

/** Faults of a map of labels. */
export function labelsFaults(labels: Readonly<Record<string, unknown>>, field: string): FieldFault[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...invalidEach(field, key, qualifiedNameFaults(key)),
    ...invalidEach(field, value, labelValueFaults(String(value))),
  ]);
}

function requirementFaults(requirement: unknown, field: string): FieldFault[] {
  const values = listAt(requirement, 'values');
  const key = textAt(requirement, 'key');
  return [
    ...operatorFaults(textAt(requirement, 'operator'), values, field),
    ...invalidEach(`${field}.key`, key, qualifiedNameFaults(key)),
    ...values.flatMap((value, index) =>
      invalidEach(`${field}.values[${index}]`, value, labelValueFaults(String(value))),
    ),
  ];
}

function operatorFaults(operator: string, values: readonly unknown[], field: string): FieldFault[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0
        ? []
        : [required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0
        ? []
        : [forbidden(`${field}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    default:
      return [invalid(`${field}.operator`, operator, 'not a valid selector operator')];
  }
}
