import { forbiddenValue, invalidValue, requiredValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import { junctorFaults, patternFaults } from './nested.ts';
import { mapIn, type SchemaProps, textIn } from './schema.ts';
import { embedded, intOrString, preserve, propertiesOf } from './schema-props.ts';

/** Where a schema stands; what must have a type depends on it. */
type Level = 'root' | 'item' | 'field';

/** What keeps a schema from being structural: every value must have one declared type. Source: apiextensions-apiserver `schema.ValidateStructural`. */
export function structuralFaults(schema: SchemaProps, level: Level, field: string): FieldFault[] {
  const items = mapIn(schema, 'items');
  const additional = mapIn(schema, 'additionalProperties');
  return [
    ...(textIn(schema, 'type') === 'array' && !items ? [requiredValue(`${field}.items`, 'must be specified')] : []),
    ...(items ? structuralFaults(items, 'item', `${field}.items`) : []),
    ...propertiesOf(schema).flatMap(([name, child]) =>
      structuralFaults(child, 'field', `${field}.properties[${name}]`),
    ),
    ...(schema['additionalProperties'] !== undefined && level === 'root'
      ? [forbiddenValue(`${field}.additionalProperties`, 'must not be used at the root')]
      : []),
    ...(additional ? structuralFaults(additional, 'field', `${field}.additionalProperties`) : []),
    ...extensionFaults(schema, field),
    ...junctorFaults(schema, field),
    ...patternFaults(schema, field),
    ...typeFaults(schema, level, field),
    ...metadataFaults(schema, level, field),
    ...embeddedFaults(schema, field),
  ];
}

function extensionFaults(schema: SchemaProps, field: string): FieldFault[] {
  if (schema[intOrString] !== true) return [];
  return [preserve, embedded].flatMap((key) =>
    schema[key] === true
      ? [invalidValue(`${field}.${key}`, true, 'must be false if x-kubernetes-int-or-string is true')]
      : [],
  );
}

const missingType = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
} as const;

function typeFaults(schema: SchemaProps, level: Level, field: string): FieldFault[] {
  const type = textIn(schema, 'type');
  if (schema[embedded] === true && type !== 'object') {
    const why = 'must be object if x-kubernetes-embedded-resource is true';
    return [type === '' ? requiredValue(`${field}.type`, why) : invalidValue(`${field}.type`, type, why)];
  }
  if (type === '' && schema[intOrString] !== true && schema[preserve] !== true) {
    return [requiredValue(`${field}.type`, missingType[level])];
  }
  return level === 'root' && type !== '' && type !== 'object'
    ? [invalidValue(`${field}.type`, type, 'must be object at the root')]
    : [];
}

function embeddedFaults(schema: SchemaProps, field: string): FieldFault[] {
  if (schema[embedded] !== true || schema[preserve] === true || propertiesOf(schema).length > 0) return [];
  const why =
    'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields';
  return [requiredValue(`${field}.properties`, why)];
}

function metadataFaults(schema: SchemaProps, level: Level, field: string): FieldFault[] {
  if (level !== 'root' && schema[embedded] !== true) return [];
  const properties = mapIn(schema, 'properties') ?? {};
  const texts = ['kind', 'apiVersion'].flatMap((name) => {
    const child = mapIn(properties, name);
    if (!child || textIn(child, 'type') === 'string') return [];
    return [invalidValue(`${field}.properties[${name}].type`, textIn(child, 'type'), 'must be string')];
  });
  const metadata = mapIn(properties, 'metadata');
  return metadata ? [...texts, ...metadataSchemaFaults(metadata, level, `${field}.properties[metadata]`)] : texts;
}

function metadataSchemaFaults(metadata: SchemaProps, level: Level, field: string): FieldFault[] {
  const type = textIn(metadata, 'type');
  const wrong = type === 'object' ? [] : [invalidValue(`${field}.type`, type, 'must be object')];
  const named = Object.keys(mapIn(metadata, 'properties') ?? {});
  const others = Object.keys(metadata).filter((key) => key !== 'type' && key !== 'properties' && key !== 'description');
  const isPlain = others.length === 0 && named.every((name) => name === 'name' || name === 'generateName');
  if (level !== 'root' || isPlain) return wrong;
  const why = 'must not specify anything other than name and generateName, but metadata is implicitly specified';
  return [...wrong, forbiddenValue(field, why)];
}
