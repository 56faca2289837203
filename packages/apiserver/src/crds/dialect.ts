import { forbiddenValue, invalidValue, requiredValue, unsupportedValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import { ruleTextFaults } from './rule-texts.ts';
import { listIn, mapIn, type SchemaProps, textIn } from './schema.ts';
import { isGiven, preserve, propertiesOf } from './schema-props.ts';

/** What the OpenAPI dialect forbids at every place. Source: apiextensions `ValidateCustomResourceDefinitionOpenAPISchema`. */
export function openApiFaults(schema: SchemaProps, field: string): FieldFault[] {
  const items = mapIn(schema, 'items');
  const additional = mapIn(schema, 'additionalProperties');
  return [
    ...dialectFaults(schema, field),
    ...(additional ? openApiFaults(additional, `${field}.additionalProperties`) : []),
    ...propertiesOf(schema).flatMap(([name, child]) => openApiFaults(child, `${field}.properties[${name}]`)),
    ...(items ? openApiFaults(items, `${field}.items`) : []),
    ...listFaults(schema, items, field),
    ...ruleTextFaults(schema, field),
  ];
}

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

function dialectFaults(schema: SchemaProps, field: string): FieldFault[] {
  const type = textIn(schema, 'type');
  const described = Object.keys(mapIn(schema, 'properties') ?? {}).length > 0;
  return [
    ...(type === '' || types.includes(type) ? [] : [unsupportedValue(`${field}.type`, type, types)]),
    ...(schema['uniqueItems'] === true
      ? [
          forbiddenValue(
            `${field}.uniqueItems`,
            'uniqueItems cannot be set to true since the runtime complexity becomes quadratic',
          ),
        ]
      : []),
    ...(described && isGiven(schema['additionalProperties'])
      ? [forbiddenValue(`${field}.additionalProperties`, 'additionalProperties and properties are mutual exclusive')]
      : []),
    ...(schema[preserve] === false ? [invalidValue(`${field}.${preserve}`, false, 'must be true or undefined')] : []),
    ...['id', 'definitions', 'dependencies', 'patternProperties', '$ref', 'additionalItems'].flatMap((key) =>
      isGiven(schema[key]) ? [forbiddenValue(`${field}.${key}`, `${key} is not supported`)] : [],
    ),
    ...shapeFaults(schema, type, field),
  ];
}

function shapeFaults(schema: SchemaProps, type: string, field: string): FieldFault[] {
  const listType = textIn(schema, 'x-kubernetes-list-type');
  const mapType = textIn(schema, 'x-kubernetes-map-type');
  return [
    ...(mapType === '' || type === 'object'
      ? []
      : [typeFor(type, field, 'must be object if x-kubernetes-map-type is specified')]),
    ...(mapType === '' || ['atomic', 'granular'].includes(mapType)
      ? []
      : [unsupportedValue(`${field}.x-kubernetes-map-type`, mapType, ['atomic', 'granular'])]),
    ...(listType === '' || type === 'array'
      ? []
      : [typeFor(type, field, 'must be array if x-kubernetes-list-type is specified')]),
    ...(listType === '' || ['atomic', 'set', 'map'].includes(listType)
      ? []
      : [unsupportedValue(`${field}.x-kubernetes-list-type`, listType, ['atomic', 'set', 'map'])]),
  ];
}

function typeFor(type: string, field: string, why: string): FieldFault {
  return type === '' ? requiredValue(`${field}.type`, why) : invalidValue(`${field}.type`, type, why);
}

function listFaults(schema: SchemaProps, items: SchemaProps | undefined, field: string): FieldFault[] {
  const listType = textIn(schema, 'x-kubernetes-list-type');
  const keys = listIn(schema, 'x-kubernetes-list-map-keys').map(String);
  if (listType === 'set') return items ? setItemFaults(items, `${field}.items`) : [];
  if (listType === 'map') return mapKeyFaults(keys, items, field);
  if (keys.length === 0) return [];
  const why = 'must be map if x-kubernetes-list-map-keys is non-empty';
  const at = `${field}.x-kubernetes-list-type`;
  return [listType === '' ? requiredValue(at, why) : invalidValue(at, listType, why)];
}

function setItemFaults(items: SchemaProps, field: string): FieldFault[] {
  const why = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const [key, wrong] =
    items['type'] === 'array'
      ? [
          'x-kubernetes-list-type',
          isGiven(items['x-kubernetes-list-type']) && items['x-kubernetes-list-type'] !== 'atomic',
        ]
      : ['x-kubernetes-map-type', items['type'] === 'object' && items['x-kubernetes-map-type'] !== 'atomic'];
  return [
    ...(wrong ? [invalidValue(`${field}.${key}`, items[key] ?? null, why)] : []),
    ...(items['nullable'] === true
      ? [forbiddenValue(`${field}.nullable`, 'cannot be nullable when x-kubernetes-list-type is set')]
      : []),
  ];
}

function mapKeyFaults(keys: readonly string[], items: SchemaProps | undefined, field: string): FieldFault[] {
  const at = `${field}.x-kubernetes-list-map-keys`;
  const none = keys.length === 0 ? [requiredValue(at, 'must not be empty if x-kubernetes-list-type is map')] : [];
  if (!items) return [...none, requiredValue(`${field}.items`, 'must have a schema if x-kubernetes-list-type is map')];
  if (items['type'] !== 'object') {
    const why = "must be object if parent array's x-kubernetes-list-type is map";
    return [...none, invalidValue(`${field}.items.type`, textIn(items, 'type'), why)];
  }
  return [...none, ...keys.flatMap((key, index) => mapKeyFault(key, keys.indexOf(key) < index, keys, items, field))];
}

function mapKeyFault(
  key: string,
  repeated: boolean,
  keys: readonly string[],
  items: SchemaProps,
  field: string,
): FieldFault[] {
  const at = `${field}.x-kubernetes-list-map-keys`;
  const child = mapIn(mapIn(items, 'properties') ?? {}, key);
  const place = `${field}.items.properties[${key}]`;
  if (!child) return [invalidValue(at, keys, 'entries must all be names of item properties')];
  const type = textIn(child, 'type');
  const optional = !listIn(items, 'required').includes(key) && child['default'] === undefined;
  return [
    ...(type === 'array' || type === 'object'
      ? [
          invalidValue(
            `${place}.type`,
            'object',
            "must be a scalar type if parent array's x-kubernetes-list-type is map",
          ),
        ]
      : []),
    ...(repeated ? [invalidValue(at, keys, 'must not contain duplicate entries')] : []),
    ...(optional
      ? [
          requiredValue(
            `${place}.default`,
            'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property',
          ),
        ]
      : []),
  ];
}
