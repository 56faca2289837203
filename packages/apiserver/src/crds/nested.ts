import { compileRegex, RegexSyntaxError } from '@pullpath/api';
import { forbiddenValue, invalidValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import { isMap, listIn, mapIn, type SchemaProps, textIn } from './schema.ts';
import { embedded, intOrString, isGiven, preserve, propertiesOf } from './schema-props.ts';

/** Inside allOf, anyOf, oneOf and not, a schema may restrict values but not describe them. */
export function junctorFaults(schema: SchemaProps, field: string): FieldFault[] {
  const lists = ['anyOf', 'allOf', 'oneOf'].flatMap((key) =>
    isIntOrStringPattern(schema, key)
      ? []
      : listIn(schema, key).flatMap((child, index) =>
          isMap(child) ? nestedFaults(child, `${field}.${key}[${index}]`) : [],
        ),
  );
  const not = mapIn(schema, 'not');
  return not ? [...lists, ...nestedFaults(not, `${field}.not`)] : lists;
}

// "anyOf: [{type: integer}, {type: string}]" is how older definitions spell int-or-string.
function isIntOrStringPattern(schema: SchemaProps, key: string): boolean {
  const types = listIn(schema, key).map((child) =>
    isMap(child) && Object.keys(child).length === 1 ? child['type'] : '',
  );
  return key === 'anyOf' && schema[intOrString] === true && types.join() === 'integer,string';
}

const forbiddenInside: readonly (readonly [string, string])[] = [
  ['type', 'must be empty to be structural'],
  ['additionalProperties', 'must be undefined to be structural'],
  ['default', 'must be undefined to be structural'],
  ['title', 'must be empty to be structural'],
  ['description', 'must be empty to be structural'],
  ['nullable', 'must be false to be structural'],
  [preserve, 'must be false to be structural'],
  [embedded, 'must be false to be structural'],
  [intOrString, 'must be false to be structural'],
  ['x-kubernetes-list-map-keys', 'must be empty to be structural'],
  ['x-kubernetes-list-type', 'must be undefined to be structural'],
  ['x-kubernetes-map-type', 'must be undefined to be structural'],
  ['x-kubernetes-validations', 'must be empty to be structural'],
];

function nestedFaults(schema: SchemaProps, field: string): FieldFault[] {
  const items = mapIn(schema, 'items');
  return [
    ...junctorFaults(schema, field),
    ...patternFaults(schema, field),
    ...(items ? nestedFaults(items, `${field}.items`) : []),
    ...propertiesOf(schema).flatMap(([name, child]) => nestedFaults(child, `${field}.properties[${name}]`)),
    ...forbiddenInside.flatMap(([key, why]) => (isGiven(schema[key]) ? [forbiddenValue(`${field}.${key}`, why)] : [])),
    ...(mapIn(schema, 'properties')?.['metadata'] === undefined
      ? []
      : [forbiddenValue(`${field}.properties[metadata]`, 'must not be specified in a nested context')]),
  ];
}

/** A pattern that is no regular expression (RE2). */
export function patternFaults(schema: SchemaProps, field: string): FieldFault[] {
  const pattern = textIn(schema, 'pattern');
  try {
    compileRegex(pattern);
    return [];
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    const why = `must be a valid regular expression, but isn't: ${error.message}`;
    return [invalidValue(`${field}.pattern`, pattern, why)];
  }
}
