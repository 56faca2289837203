import { dns1035LabelFaults } from '../rest/name-grammar.ts';
import { invalidValue, requiredValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import { listIn, type SchemaProps, textIn } from './schema.ts';

/** Faults of `spec.names`. Source: apiextensions `ValidateCustomResourceDefinitionNames`. */
export function namesFaults(names: SchemaProps): FieldFault[] {
  const kind = textIn(names, 'kind');
  const listKind = textIn(names, 'listKind');
  return [
    ...['plural', 'singular', 'kind', 'listKind'].flatMap((key) =>
      textIn(names, key) === '' ? [requiredValue(`spec.names.${key}`)] : [],
    ),
    ...['plural', 'singular'].flatMap((key) => givenLabelFaults(names, key)),
    ...['kind', 'listKind'].flatMap((key) => mixedCaseFaults(names, key)),
    ...listIn(names, 'shortNames').flatMap((name, index) =>
      labelFaults(`spec.names.shortNames[${index}]`, String(name)),
    ),
    ...(kind !== '' && kind === listKind
      ? [invalidValue('spec.names.listKind', listKind, 'kind and listKind may not be the same')]
      : []),
    ...listIn(names, 'categories').flatMap((name, index) =>
      labelFaults(`spec.names.categories[${index}]`, String(name)),
    ),
  ];
}

function givenLabelFaults(names: SchemaProps, key: string): FieldFault[] {
  const name = textIn(names, key);
  return name === '' ? [] : labelFaults(`spec.names.${key}`, name);
}

function mixedCaseFaults(names: SchemaProps, key: string): FieldFault[] {
  const name = textIn(names, key);
  const faults = name === '' ? [] : dns1035LabelFaults(name.toLowerCase());
  const why = `may have mixed case, but should otherwise match: ${faults.join(',')}`;
  return faults.length === 0 ? [] : [invalidValue(`spec.names.${key}`, name, why)];
}

/** Faults of a name that must be a DNS-1035 label. */
export function labelFaults(field: string, text: string): FieldFault[] {
  const faults = dns1035LabelFaults(text);
  return faults.length === 0 ? [] : [invalidValue(field, text, faults.join(','))];
}
