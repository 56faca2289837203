import { invalidValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { type Metadata, metadataOf, type OwnerReference } from './metadata.ts';
import { labelValueFaults, type NameCheck, qualifiedNameFaults } from './name-grammar.ts';

/** Bytes of all keys and values of an object's annotations. */
export const largestAnnotations: number = 256 * 1024;

/** Faults of the metadata of a new object, its name judged by `nameFaults`. Source: apimachinery `ValidateObjectMeta`. */
export function objectMetaFaults(object: StoredObject, nameFaults: NameCheck): FieldFault[] {
  const metadata = metadataOf(object);
  return [
    ...generateNameFaults(metadata, nameFaults),
    ...givenNameFaults(metadata, nameFaults),
    ...sharedFaults(metadata),
  ];
}

/** Faults of the metadata of a changed object; its name cannot have changed. */
export function objectMetaUpdateFaults(object: StoredObject): FieldFault[] {
  return sharedFaults(metadataOf(object));
}

// The suffix that will follow makes a trailing dash right.
function generateNameFaults({ generateName }: Metadata, faultsOf: NameCheck): FieldFault[] {
  if (!generateName) return [];
  const masked = generateName.length > 1 && generateName.endsWith('-') ? `${generateName.slice(0, -1)}a` : generateName;
  return faultsOf(masked).map((why) => invalidValue('metadata.generateName', generateName, why));
}

function givenNameFaults({ name = '' }: Metadata, faultsOf: NameCheck): FieldFault[] {
  if (name !== '') return faultsOf(name).map((why) => invalidValue('metadata.name', name, why));
  const message = 'Required value: name or generateName is required';
  return [{ reason: 'FieldValueRequired', message, field: 'metadata.name' }];
}

function sharedFaults({ labels, annotations, ownerReferences, finalizers }: Metadata): FieldFault[] {
  return [
    ...labelFaults(labels ?? {}),
    ...annotationFaults(annotations ?? {}),
    ...ownerFaults(ownerReferences ?? []),
    ...finalizerFaults(finalizers ?? []),
  ];
}

function labelFaults(labels: Readonly<Record<string, string>>): FieldFault[] {
  const field = 'metadata.labels';
  return Object.entries(labels).flatMap(([key, value]) => [
    ...qualifiedNameFaults(key).map((why) => invalidValue(field, key, why)),
    ...labelValueFaults(String(value)).map((why) => invalidValue(field, value, why)),
  ]);
}

function annotationFaults(annotations: Readonly<Record<string, string>>): FieldFault[] {
  const field = 'metadata.annotations';
  const entries = Object.entries(annotations);
  const keys = entries.flatMap(([key]) =>
    qualifiedNameFaults(key.toLowerCase()).map((why) => invalidValue(field, key, why)),
  );
  const size = entries.reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)),
    0,
  );
  if (size <= largestAnnotations) return keys;
  const message = `Too long: may not be more than ${largestAnnotations} bytes`;
  return [...keys, { reason: 'FieldValueTooLong', message, field }];
}

function ownerFaults(owners: readonly OwnerReference[]): FieldFault[] {
  const field = 'metadata.ownerReferences';
  const controllers = owners.filter(({ controller }) => controller === true).map(({ kind, name }) => `${kind}/${name}`);
  const [first] = controllers;
  return [
    ...owners.flatMap((owner) => ownerFault(owner, field)),
    ...controllers
      .slice(1)
      .map((other) =>
        invalidValue(
          field,
          owners,
          `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${other}`,
        ),
      ),
  ];
}

function ownerFault(owner: Partial<OwnerReference>, field: string): FieldFault[] {
  const { apiVersion = '', kind = '', name = '', uid = '' } = owner;
  return [
    ...(apiVersion === '' ? [invalidValue(`${field}.apiVersion`, apiVersion, 'version must not be empty')] : []),
    ...(kind === '' ? [invalidValue(`${field}.kind`, kind, 'must not be empty')] : []),
    ...(name === '' ? [invalidValue(`${field}.name`, name, 'must not be empty')] : []),
    ...(uid === '' ? [invalidValue(`${field}.uid`, uid, 'must not be empty')] : []),
    ...(apiVersion === 'v1' && kind === 'Event'
      ? [invalidValue(field, owner, '/v1, Kind=Event is disallowed from being an owner')]
      : []),
  ];
}

/** Finalizers of a new object that are neither the server's own nor qualified. Source: Kubernetes core `ValidateFinalizerName`. */
export function plainFinalizerFaults(object: StoredObject): FieldFault[] {
  const why = 'name is neither a standard finalizer name nor is it fully qualified';
  return (metadataOf(object).finalizers ?? []).flatMap((name, index) =>
    name.includes('/') || standardFinalizers.includes(name)
      ? []
      : [invalidValue(`metadata.finalizers[${index}]`, name, why)],
  );
}

const standardFinalizers = ['kubernetes', 'foregroundDeletion', 'orphan'];

function finalizerFaults(finalizers: readonly string[]): FieldFault[] {
  const field = 'metadata.finalizers';
  const names = finalizers.flatMap((name) => qualifiedNameFaults(name).map((why) => invalidValue(field, name, why)));
  if (!finalizers.includes('orphan') || !finalizers.includes('foregroundDeletion')) return names;
  return [...names, invalidValue(field, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set')];
}
