import { metadataOf } from '../rest/metadata.ts';
import { dnsSubdomainFaults } from '../rest/name-grammar.ts';
import { objectMetaFaults, objectMetaUpdateFaults } from '../rest/object-meta.ts';
import { forbiddenValue, invalidValue, requiredValue, unsupportedValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { isConditionTrue } from './conditions.ts';
import { labelFaults, namesFaults } from './definition-names.ts';
import { isMap, listIn, mapIn, type SchemaProps, textIn } from './schema.ts';
import { contentFaults } from './version-contents.ts';

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

function deprecationFaults(version: SchemaProps, field: string): FieldFault[] {
  const warning = version['deprecationWarning'];
  if (typeof warning !== 'string') return [];
  if (version['deprecated'] !== true) return [invalidValue(field, warning, 'can only be set for deprecated versions')];
  if (warning === '') return [invalidValue(field, warning, 'must not be an empty string')];
  return Buffer.byteLength(warning) > 256 ? [invalidValue(field, warning, 'must be <= 256 characters long')] : [];
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
  const known = listIn(mapIn(object, 'status') ?? {}, 'storedVersions').map(String);
  if (known.length === 0) return [invalidValue('status.storedVersions', null, 'must have at least one stored version')];
  return known.flatMap((stored, index) =>
    names.includes(stored)
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
