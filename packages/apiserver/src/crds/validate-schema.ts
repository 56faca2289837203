import { compileRegex, RegexSyntaxError, schemaProblems } from '@pullpath/api';
import { forbiddenValue, invalidValue, requiredValue, unsupportedValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import { isMap, listIn, mapIn, type SchemaProps, schemaOf, textIn } from './schema.ts';

/** Where a schema stands; what must have a type depends on it. */
type Level = 'root' | 'item' | 'field';

/** Faults of a version's `openAPIV3Schema`: it must be structural, its patterns and rules must compile. Source: apiextensions-apiserver `schema.ValidateStructural`. */
export function schemaFaults(schema: SchemaProps, field: string): FieldFault[] {
  const structural = structuralFaults(schema, 'root', field).sort(byText);
  const openApi = openApiFaults(schema, field);
  if (structural.length + openApi.length > 0) return [...structural, ...openApi];
  return ruleFaults(schema, field);
}

function byText(a: FieldFault, b: FieldFault): number {
  const [left, right] = [`${a.field}: ${a.message}`, `${b.field}: ${b.message}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

function structuralFaults(schema: SchemaProps, level: Level, field: string): FieldFault[] {
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

function propertiesOf(schema: SchemaProps): [string, SchemaProps][] {
  return Object.entries(mapIn(schema, 'properties') ?? {}).filter((entry): entry is [string, SchemaProps] =>
    isMap(entry[1]),
  );
}

const intOrString = 'x-kubernetes-int-or-string';
const preserve = 'x-kubernetes-preserve-unknown-fields';
const embedded = 'x-kubernetes-embedded-resource';

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

function patternFaults(schema: SchemaProps, field: string): FieldFault[] {
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

/** Inside allOf, anyOf, oneOf and not, a schema may restrict values but not describe them. */
function junctorFaults(schema: SchemaProps, field: string): FieldFault[] {
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

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false;
}

/** What the OpenAPI dialect forbids at every place. Source: apiextensions `ValidateCustomResourceDefinitionOpenAPISchema`. */
function openApiFaults(schema: SchemaProps, field: string): FieldFault[] {
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
    ...['definitions', 'dependencies', 'patternProperties', '$ref'].flatMap((key) =>
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

const reasons = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];

function ruleTextFaults(schema: SchemaProps, field: string): FieldFault[] {
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
function ruleFaults(schema: SchemaProps, field: string): FieldFault[] {
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
