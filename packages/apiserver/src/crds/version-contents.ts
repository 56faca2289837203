import { jsonEqual } from '../rest/equal.ts';
import { duplicateValue, invalidValue, requiredValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import { compileJsonPath } from './json-path.ts';
import { isMap, mapIn, type SchemaProps, textIn } from './schema.ts';
import { schemaFaults } from './validate-schema.ts';

/** What versions may share is named once for the definition where they all have the same, as its internal form has it. */
export function contentFaults(versions: readonly SchemaProps[]): FieldFault[] {
  return [
    ...shared(versions, 'schema', 'spec.validation', (schema, field) => {
      const openApi = mapIn(schema, 'openAPIV3Schema');
      return openApi ? schemaFaults(openApi, `${field}.openAPIV3Schema`) : [];
    }),
    ...shared(versions, 'subresources', 'spec.subresources', (subresources, field) =>
      scaleFaults(mapIn(subresources, 'scale'), `${field}.scale`),
    ),
    ...shared(versions, 'additionalPrinterColumns', 'spec.additionalPrinterColumns', (columns, field) =>
      Object.values(columns).flatMap((column, index) =>
        isMap(column) ? columnFaults(column, `${field}[${index}]`) : [],
      ),
    ),
    ...shared(versions, 'selectableFields', 'spec.selectableFields', (fields, field, version) => {
      const schema = mapIn(mapIn(version, 'schema') ?? {}, 'openAPIV3Schema') ?? {};
      return selectableFaults(Object.values(fields), schema, field);
    }),
  ];
}

type Check = (value: SchemaProps, field: string, version: SchemaProps) => FieldFault[];

function shared(versions: readonly SchemaProps[], key: string, whole: string, check: Check): FieldFault[] {
  const [first, ...others] = versions;
  const checked = (version: SchemaProps, field: string): FieldFault[] => {
    const value = version[key];
    return typeof value === 'object' && value !== null ? check(value as SchemaProps, field, version) : [];
  };
  if (first && others.every((other) => jsonEqual(other[key], first[key]))) return checked(first, whole);
  return versions.flatMap((version, index) => checked(version, `spec.versions[${index}].${key}`));
}

function scaleFaults(scale: SchemaProps | undefined, field: string): FieldFault[] {
  if (!scale) return [];
  return [
    ...scalePathFaults(scale, field, 'specReplicasPath', ['.spec.'], true),
    ...scalePathFaults(scale, field, 'statusReplicasPath', ['.status.'], true),
    ...scalePathFaults(scale, field, 'labelSelectorPath', ['.spec.', '.status.'], false),
  ];
}

function scalePathFaults(
  scale: SchemaProps,
  field: string,
  key: string,
  roots: readonly string[],
  required: boolean,
): FieldFault[] {
  const path = textIn(scale, key);
  if (path === '') return required ? [requiredValue(`${field}.${key}`)] : [];
  const names = roots.map((root) => root.slice(0, -1));
  const list = names.length === 1 ? `a json path under ${names[0]}` : `a json path under either ${names.join(' or ')}`;
  if (!path.startsWith('.'))
    return [invalidValue(`${field}.${key}`, path, 'must be a simple json path starting with .')];
  return roots.some((root) => path.startsWith(root))
    ? []
    : [invalidValue(`${field}.${key}`, path, `should be ${list}`)];
}

const columnTypes = ['boolean', 'date', 'integer', 'number', 'string'];
const columnFormats = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

function columnFaults(column: SchemaProps, field: string): FieldFault[] {
  const type = textIn(column, 'type');
  const format = textIn(column, 'format');
  return [
    ...(textIn(column, 'name') === '' ? [requiredValue(`${field}.name`)] : []),
    ...(type === '' ? [requiredValue(`${field}.type`, `must be one of ${columnTypes.join(',')}`)] : []),
    ...(type !== '' && !columnTypes.includes(type)
      ? [invalidValue(`${field}.type`, type, `must be one of ${columnTypes.join(',')}`)]
      : []),
    ...(format !== '' && !columnFormats.includes(format)
      ? [invalidValue(`${field}.format`, format, `must be one of ${columnFormats.join(',')}`)]
      : []),
    ...jsonPathFaults(textIn(column, 'jsonPath'), `${field}.JSONPath`),
  ];
}

function jsonPathFaults(path: string, field: string): FieldFault[] {
  if (path === '') return [requiredValue(field)];
  if (!path.startsWith('.')) return [invalidValue(field, path, 'must be a simple json path starting with .')];
  try {
    compileJsonPath(path);
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [invalidValue(field, path, `is an invalid jsonpath: ${error.message}`)];
  }
}

const mostSelectableFields = 8;

function selectableFaults(fields: readonly unknown[], schema: SchemaProps, field: string): FieldFault[] {
  const paths = fields.map((each) => (isMap(each) ? textIn(each, 'jsonPath') : ''));
  const faults = paths.flatMap((path, index) => {
    const at = `${field}[${index}].jsonPath`;
    if (path === '') return [requiredValue(at)];
    if (paths.indexOf(path) < index) return [duplicateValue(at, path)];
    return selectablePathFaults(path, schema, at);
  });
  if (new Set(paths).size <= mostSelectableFields) return faults;
  const message = `Too many: ${new Set(paths).size}: must have at most ${mostSelectableFields} items`;
  return [...faults, { reason: 'FieldValueTooMany', message, field }];
}

function selectablePathFaults(path: string, schema: SchemaProps, field: string): FieldFault[] {
  const steps = path.replace(/^\./, '').split('.');
  if (steps[0] === 'metadata' && steps.length === 1)
    return [invalidValue(field, path, 'must not point to fields in metadata')];
  const found = steps.reduce<SchemaProps | undefined>(
    (at, step) => at && mapIn(mapIn(at, 'properties') ?? {}, step),
    schema,
  );
  if (!found) return [invalidValue(field, path, 'is an invalid path: does not refer to a valid field')];
  if (['string', 'boolean', 'integer'].includes(textIn(found, 'type'))) return [];
  const why =
    'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.';
  return [invalidValue(field, path, why)];
}
