import { fieldPathIn } from '@pullpath/api';
import { invalidValue, requiredValue, unsupportedValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import { isMap, listIn, type SchemaProps, schemaOf, textIn } from './schema.ts';
import { isGiven } from './schema-props.ts';

const reasons = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];

/** Rules of a schema whose texts are empty or broken, before they are compiled. */
export function ruleTextFaults(schema: SchemaProps, field: string): FieldFault[] {
  return listIn(schema, 'x-kubernetes-validations').flatMap((rule, index) =>
    isMap(rule) ? ruleTextFault(schema, rule, `${field}.x-kubernetes-validations[${index}]`) : [],
  );
}

function ruleTextFault(schema: SchemaProps, rule: SchemaProps, field: string): FieldFault[] {
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
    ...(textIn(rule, 'messageExpression') !== '' && textIn(rule, 'messageExpression').trim() === ''
      ? [requiredValue(`${field}.messageExpression`, 'messageExpression must be non-empty if specified')]
      : []),
    ...(isGiven(reason) && !reasons.includes(String(reason))
      ? [unsupportedValue(`${field}.reason`, reason, reasons)]
      : []),
    ...fieldPathFaults(schema, textIn(rule, 'fieldPath'), `${field}.fieldPath`),
  ];
}

function fieldPathFaults(schema: SchemaProps, path: string, field: string): FieldFault[] {
  if (path === '') return [];
  return [
    ...(path.trim() === '' ? [invalidValue(field, path, 'must be non-empty if specified')] : []),
    ...(hasLineBreak(path) ? [invalidValue(field, path, 'must not contain line breaks')] : []),
    ...(fieldPathIn(schemaOf(schema), path) ? [] : [invalidValue(field, path, 'must be a valid path')]),
  ];
}

function hasLineBreak(text: string): boolean {
  return text.includes('\n') || text.includes('\r');
}
