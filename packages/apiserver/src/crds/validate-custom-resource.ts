import { type FieldError, formatFieldError, formatPath, type Schema, validate } from '@pullpath/api';
import type { ScalePaths } from '../resources/resource.ts';
import { dnsSubdomainFaults } from '../rest/name-grammar.ts';
import { objectMetaFaults, objectMetaUpdateFaults } from '../rest/object-meta.ts';
import { invalidValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { compileJsonPath } from './json-path.ts';

/** What a custom resource is judged by. */
export interface Judge {
  readonly schema: Schema;
  /** Some part of the schema has CEL rules. */
  readonly rules: boolean;
  readonly scale: ScalePaths | undefined;
}

/** Faults of a new custom resource, or of a changed one (`old` given): metadata, schema, list types, rules, scale. */
export function customResourceFaults(judge: Judge, object: StoredObject, old: StoredObject | undefined): FieldFault[] {
  const meta = old ? objectMetaUpdateFaults(object) : objectMetaFaults(object, dnsSubdomainFaults);
  const found = validate(judge.schema, object, { rules: 'server', ...(old === undefined ? {} : { oldValue: old }) });
  const own = found.filter((error) => error.keyword !== 'check' || error.path.length > 0);
  const faults = [...meta, ...own.map(faultOf), ...scaleFaults(judge.scale, object)];
  const blocked = judge.rules && faults.some(({ reason }) => blocking.has(reason));
  if (!blocked) return faults;
  const ruled = new Set(
    own
      .filter(({ keyword }) => keyword === 'rule')
      .map(faultOf)
      .map(({ field, message }) => `${field} ${message}`),
  );
  return [...faults.filter(({ field, message }) => !ruled.has(`${field} ${message}`)), rulesNotChecked];
}

/** Faults after which the rules of a resource are not run. Source: apiextensions-apiserver `hasBlockingErr`. */
const blocking: ReadonlySet<string> = new Set([
  'FieldValueRequired',
  'FieldValueNotSupported',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);

const rulesNotChecked: FieldFault = {
  reason: 'FieldValueInvalid',
  message:
    'Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
  field: '<nil>',
};

/** A fault of room `api` as a cause of a Status. */
export function faultOf(error: FieldError): FieldFault {
  const field = error.path.length === 0 ? '<nil>' : formatPath(error.path);
  return { reason: `FieldValue${error.type}`, message: formatFieldError(error).slice(field.length + 2), field };
}

function scaleFaults(scale: ScalePaths | undefined, object: StoredObject): FieldFault[] {
  if (!scale) return [];
  return [...replicaFaults(scale.specReplicas, object), ...replicaFaults(scale.statusReplicas, object)];
}

const largestReplicas = 2 ** 31 - 1;

function replicaFaults(path: string, object: StoredObject): FieldFault[] {
  const [value] = compileJsonPath(path)(object);
  if (typeof value !== 'number') return [];
  if (value < 0) return [invalidValue(path, value, 'should be a non-negative integer')];
  if (value > largestReplicas) return [invalidValue(path, value, `should be less than or equal to ${largestReplicas}`)];
  return [];
}
