import { labelValueFaults, qualifiedNameFaults } from '../../rest/name-grammar.ts';
import type { FieldFault } from '../../status/status.ts';
import { textAt, valueAt } from '../read.ts';
import { duplicate, invalid, invalidEach, notSupported, required } from './faults.ts';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Faults of `spec.taints` of a Node. */
export function taintsFaults(taints: readonly unknown[], field: string): FieldFault[] {
  const seen = new Set<string>();
  return taints.flatMap((taint, index) => {
    const at = `${field}[${index}]`;
    const [key, value, effect] = [textAt(taint, 'key'), textAt(taint, 'value'), textAt(taint, 'effect')];
    const identity = JSON.stringify([key, effect]);
    const repeated = seen.has(identity)
      ? [duplicate(at, internalTaint(taint), 'taints must be unique by key and effect pair')]
      : [];
    seen.add(identity);
    const values = labelValueFaults(value);
    return [
      ...invalidEach(`${at}.key`, key, qualifiedNameFaults(key)),
      ...(values.length === 0 ? [] : [invalid(`${at}.value`, value, values.join(';'))]),
      ...(effect === '' ? [required(`${at}.effect`)] : effectFaults(effect, `${at}.effect`)),
      ...repeated,
    ];
  });
}

/** A taint as the server shows it: by the names of its own fields. */
function internalTaint(taint: unknown): unknown {
  return {
    Key: textAt(taint, 'key'),
    Value: textAt(taint, 'value'),
    Effect: textAt(taint, 'effect'),
    TimeAdded: valueAt(taint, 'timeAdded') ?? null,
  };
}

function effectFaults(effect: string, field: string): FieldFault[] {
  return effect === '' || effects.includes(effect) ? [] : [notSupported(field, effect, effects)];
}

/** Faults of `spec.tolerations` of a pod. */
export function tolerationsFaults(tolerations: readonly unknown[], field: string): FieldFault[] {
  return tolerations.flatMap((toleration, index) => tolerationFaults(toleration, `${field}[${index}]`));
}

function tolerationFaults(toleration: unknown, field: string): FieldFault[] {
  const [key, operator, effect] = [
    textAt(toleration, 'key'),
    textAt(toleration, 'operator'),
    textAt(toleration, 'effect'),
  ];
  return [
    ...(key === '' ? [] : invalidEach(`${field}.key`, key, qualifiedNameFaults(key))),
    ...(key === '' && operator !== 'Exists'
      ? [
          invalid(
            `${field}.operator`,
            operator,
            'operator must be Exists when `key` is empty, which means "match all values and all keys"',
          ),
        ]
      : []),
    ...(valueAt(toleration, 'tolerationSeconds') !== undefined && effect !== 'NoExecute'
      ? [invalid(`${field}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set")]
      : []),
    ...operatorFaults(operator, textAt(toleration, 'value'), `${field}.operator`),
    ...effectFaults(effect, `${field}.effect`),
  ];
}

function operatorFaults(operator: string, value: string, field: string): FieldFault[] {
  if (operator === 'Exists')
    return value === '' ? [] : [invalid(field, value, "value must be empty when `operator` is 'Exists'")];
  if (operator !== '' && operator !== 'Equal') return [notSupported(field, operator, ['Equal', 'Exists'])];
  const faults = labelValueFaults(value);
  return faults.length === 0 ? [] : [invalid(field, value, faults.join(';'))];
}
