import { difference, type FieldSet, fieldSetOf } from '../fields/field-set.ts';

// Nobody owns what identifies the object or what the server alone writes.
const nobodys = fieldSetOf(
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((name) => ['f:metadata', `f:${name}`]),
);

/** The fields that a manager may own (apimachinery `managedfields` stripmeta). */
export function ownable(fields: FieldSet): FieldSet {
  return difference(fields, nobodys);
}
