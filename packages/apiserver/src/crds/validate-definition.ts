import { jsonEqual } from '../rest/equal.ts';
import { metadataOf } from '../rest/metadata.ts';
import { dns1035LabelFaults, dnsSubdomainFaults } from '../rest/name-grammar.ts';
import { objectMetaFaults, objectMetaUpdateFaults } from '../rest/object-meta.ts';
import {
  duplicateValue,
  forbiddenValue,
  invalidValue,
  requiredValue,
  unsupportedValue,
} from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { isConditionTrue } from './conditions.ts';
import { compileJsonPath } from './json-path.ts';
import { isMap, listIn, mapIn, type SchemaProps, textIn } from './schema.ts';
import { schemaFaults } from './validate-schema.ts';

/** Faults of a CustomResourceDefinition, new or changed. Source: apiextensions `ValidateCustomResourceDefinition`. */
export function definitionFaults(object: StoredObject, old: StoredObject | undefined): FieldFault[] {
  const spec = mapIn(object, 'spec') ?? {};
  return [
    ...(old
      ? objectMetaUpdateFaults(object)
      : [...objectMetaFaults(object, dnsSubdomainFaults), ...nameFaults(object, spec)]),
    ...specFaults(spec),
    ...(old ? immutableFaults(spec, old) : []),
    ...storedVersionFaults(object, spec),
    ...approvalFaults(object, spec),
  ];
}

function nameFaults(object: StoredObject, spec: SchemaProps): FieldFault[] {
  const { name = '' } = metadataOf(object);
  const wanted = `${textIn(mapIn(spec, 'names') ?? {}, 'plural')}.${textIn(spec, 'group')}`;
  return name === wanted ? [] : [invalidValue('metadata.name', name, 'must be spec.names.plural+"."+spec.group')];
}

function specFaults(spec: SchemaProps): FieldFault[] {
  const versions = listIn(spec, 'versions').filter(isMap);
  return [
    ...groupFaults(textIn(spec, 'group')),
    ...scopeFaults(textIn(spec, 'scope')),
    ...versions.flatMap((version, index) => missingSchemaFaults(version, `spec.versions[${index}]`)),
    ...versions.flatMap((version, index) => versionFaults(version, `spec.versions[${index}]`)),
    ...versions.slice(0, 1).flatMap((version) => labelFaults('spec.version', textIn(version, 'name'))),
    ...versionSetFaults(versions),
    ...namesFaults(mapIn(spec, 'names') ?? {}),
    ...contentFaults(versions),
    ...conversionFaults(mapIn(spec, 'conversion') ?? {}),
    ...preserveFaults(spec),
  ];
}

function groupFaults(group: string): FieldFault[] {
  const field = 'spec.group';
  if (group === '') return [requiredValue(field)];
  const faults = dnsSubdomainFaults(group);
  if (faults.length > 0) return [invalidValue(field, group, faults.join(','))];
  return group.includes('.') ? [] : [invalidValue(field, group, 'should be a domain with at least one dot')];
}

const scopes = ['Cluster', 'Namespaced'];

function scopeFaults(scope: string): FieldFault[] {
  if (scope === '') return [requiredValue('spec.scope')];
  return scopes.includes(scope) ? [] : [unsupportedValue('spec.scope', scope, scopes)];
}

function missingSchemaFaults(version: SchemaProps, field: string): FieldFault[] {
  const schema = mapIn(mapIn(version, 'schema') ?? {}, 'openAPIV3Schema');
  return schema ? [] : [requiredValue(`${field}.schema.openAPIV3Schema`)];
}

function versionFaults(version: SchemaProps, field: string): FieldFault[] {
  return [
    ...labelFaults(`${field}.name`, textIn(version, 'name')),
    ...deprecationFaults(version, `${field}.deprecationWarning`),
  ];
}

/** What versions may share is named once for the definition where they all have the same, as its internal form has it. */
function contentFaults(versions: readonly SchemaProps[]): FieldFault[] {
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

function labelFaults(field: string, text: string): FieldFault[] {
  const faults = dns1035LabelFaults(text);
  return faults.length === 0 ? [] : [invalidValue(field, text, faults.join(','))];
}

function deprecationFaults(version: SchemaProps, field: string): FieldFault[] {
  const warning = version['deprecationWarning'];
  if (typeof warning !== 'string') return [];
  if (version['deprecated'] !== true) return [invalidValue(field, warning, 'can only be set for deprecated versions')];
  if (warning === '') return [invalidValue(field, warning, 'must not be an empty string')];
  return Buffer.byteLength(warning) > 256 ? [invalidValue(field, warning, 'must be <= 256 characters long')] : [];
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
  const list = roots.map((root) => `a json path under ${root.slice(0, -1)}`).join(' or ');
  if (path.includes('[')) return [invalidValue(`${field}.${key}`, path, 'should be a simple json path')];
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
  if (steps[0] === 'metadata') return [invalidValue(field, path, 'must not point to fields in metadata')];
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

function versionSetFaults(versions: readonly SchemaProps[]): FieldFault[] {
  const names = versions.map((version) => textIn(version, 'name'));
  const storage = versions.filter((version) => version['storage'] === true);
  return [
    ...(new Set(names).size === names.length
      ? []
      : [invalidValue('spec.versions', versions, 'must contain unique version names')]),
    ...(storage.length === 1
      ? []
      : [invalidValue('spec.versions', versions, 'must have exactly one version marked as storage version')]),
  ];
}

function namesFaults(names: SchemaProps): FieldFault[] {
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

// Objects are kept in the version that they were written in; no webhook is ever called.
function conversionFaults(conversion: SchemaProps): FieldFault[] {
  const strategy = textIn(conversion, 'strategy');
  const field = 'spec.conversion';
  if (strategy === '') return [requiredValue(`${field}.strategy`)];
  if (strategy === 'Webhook') return [forbiddenValue(`${field}.strategy`, 'conversion webhooks are not served here')];
  if (strategy !== 'None') return [unsupportedValue(`${field}.strategy`, strategy, ['None', 'Webhook'])];
  if (!mapIn(conversion, 'webhook')) return [];
  const parts = ['webhookClientConfig', 'conversionReviewVersions'];
  return parts.map((part) =>
    forbiddenValue(`${field}.${part}`, 'should not be set when strategy is not set to Webhook'),
  );
}

function preserveFaults(spec: SchemaProps): FieldFault[] {
  if (spec['preserveUnknownFields'] !== true) return [];
  const why = 'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead';
  return [invalidValue('spec.preserveUnknownFields', true, why)];
}

function immutableFaults(spec: SchemaProps, old: StoredObject): FieldFault[] {
  if (!isConditionTrue(old, 'Established')) return [];
  const before = mapIn(old, 'spec') ?? {};
  const names = mapIn(spec, 'names') ?? {};
  const namesBefore = mapIn(before, 'names') ?? {};
  const pairs = [
    ['spec.group', textIn(spec, 'group'), textIn(before, 'group')],
    ['spec.scope', textIn(spec, 'scope'), textIn(before, 'scope')],
    ['spec.names.kind', textIn(names, 'kind'), textIn(namesBefore, 'kind')],
    ['spec.names.plural', textIn(names, 'plural'), textIn(namesBefore, 'plural')],
  ] as const;
  return pairs.flatMap(([field, now, then]) => (now === then ? [] : [invalidValue(field, now, 'field is immutable')]));
}

function storedVersionFaults(object: StoredObject, spec: SchemaProps): FieldFault[] {
  const names = listIn(spec, 'versions')
    .filter(isMap)
    .map((version) => textIn(version, 'name'));
  return listIn(mapIn(object, 'status') ?? {}, 'storedVersions').flatMap((stored, index) =>
    names.includes(String(stored))
      ? []
      : [
          invalidValue(
            `status.storedVersions[${index}]`,
            stored,
            `missing from spec.versions; ${stored} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${stored} and removes ${stored} from status.storedVersions`,
          ),
        ],
  );
}

const approvalAnnotation = 'api-approved.kubernetes.io';

/** Groups of the Kubernetes project need a link to who agreed. Source: apiextensions `validateAPIApproval`. */
function approvalFaults(object: StoredObject, spec: SchemaProps): FieldFault[] {
  const group = textIn(spec, 'group');
  const isProtected = ['k8s.io', 'kubernetes.io'].some((root) => group === root || group.endsWith(`.${root}`));
  if (!isProtected) return [];
  const field = `metadata.annotations[${approvalAnnotation}]`;
  const value = metadataOf(object).annotations?.[approvalAnnotation] ?? '';
  if (value === '') {
    return [
      requiredValue(
        field,
        'protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111',
      ),
    ];
  }
  if (value.startsWith('unapproved') || URL.canParse(value)) return [];
  return [
    invalidValue(
      field,
      value,
      'protected groups must have approval annotation "api-approved.kubernetes.io" with either a URL or a reason starting with "unapproved", see https://github.com/kubernetes/enhancements/pull/1111',
    ),
  ];
}
