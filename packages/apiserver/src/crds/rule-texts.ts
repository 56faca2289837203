import { schemaProblems } from '@pullpath/api';
import { invalidValue, requiredValue, unsupportedValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import { isMap, listIn, type SchemaProps, schemaOf, textIn } from './schema.ts';
import { isGiven } from './schema-props.ts';

const reasons = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];

/** Rules of a schema whose texts are empty or broken, before they are compiled. */
export function ruleTextFaults(schema: SchemaProps, field: string): FieldFault[] {
  return listIn(schema, 'x-kubernetes-validations').flatMap((rule, index) =>
    isMap(rule) ? ruleTextFault(rule, `${field}.x-kubernetes-validations[${index}]`) : [],
  );
}

function ruleTextFault(rule: SchemaProps, field: string): FieldFault[] {
  const text = textIn(rule, 'rule').trim();
  const message = textIn(rule, 'message');
  const reason = rule['reason'];
  return [
    ...(text === '' ? [requiredValue(`${field}.rule`, 'rule is not specified')] : []),
    ...(text !== '' && message !== '' && message.trim() === ''
      ? [invalidValue(`${field}.message`, message, 'must be non-empty if specified')]
      : []),
    ...(hasLineBreak(message.trim())
      ? [invalidValue(`${field}.message`, message, 'must not contain line breaks')]
      : []),
    ...(hasLineBreak(text) && message.trim() === ''
      ? [requiredValue(`${field}.message`, 'message must be specified if rule contains line breaks')]
      : []),
    ...(isGiven(reason) && !reasons.includes(String(reason))
      ? [unsupportedValue(`${field}.reason`, reason, reasons)]
      : []),
  ];
}

function hasLineBreak(text: string): boolean {
  return text.includes('\n') || text.includes('\r');
}

/** Rules and patterns that do not compile, each at its place. */
export function ruleFaults(schema: SchemaProps, field: string): FieldFault[] {
  return schemaProblems(schemaOf(schema)).map(({ path, message }) => {
    const place = path.map(placeStep).join('');
    const rule = path.at(-2) === 'validations' ? ruleAt(schema, path) : undefined;
    return invalidValue(`${field}${place}${rule ? '.rule' : ''}`, rule ?? '', message);
  });
}

function placeStep(step: string | number, index: number, path: readonly (string | number)[]): string {
  if (typeof step === 'number' || path[index - 1] === 'properties') return `[${step}]`;
  return step === 'validations' ? '.x-kubernetes-validations' : `.${step}`;
}

function ruleAt(schema: SchemaProps, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((at, step) => {
    const key = step === 'validations' ? 'x-kubernetes-validations' : step;
    return typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined;
  }, schema);
}
