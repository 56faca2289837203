import { type FieldError, formatPath, type Schema, validate } from '@pullpath/api';
import { goText, goType } from '../patch/go-text.ts';
import type { ScalePaths } from '../resources/resource.ts';
import { dnsSubdomainFaults } from '../rest/name-grammar.ts';
import { objectMetaFaults, objectMetaUpdateFaults } from '../rest/object-meta.ts';
import { invalidValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { faultOf } from './field-fault.ts';
import { junctorFaults } from './junctors.ts';
import { isMap, type SchemaProps } from './schema.ts';

/** What a custom resource is judged by. */
export interface Judge {
  readonly schema: Schema;
  /** Some part of the schema has CEL rules. */
  readonly rules: boolean;
  readonly scale: ScalePaths | undefined;
  /** The schema as its author wrote it, where some part of it has junctors. */
  readonly junctors?: SchemaProps | undefined;
}

/** Faults of a new custom resource, or of a changed one (`old` given): metadata, schema, list types, rules, scale. */
export function customResourceFaults(
  judge: Judge,
  object: StoredObject,
  old: StoredObject | undefined,
  subresource = '',
): FieldFault[] {
  const meta = old ? objectMetaUpdateFaults(object) : objectMetaFaults(object, dnsSubdomainFaults);
  const found = validate(judge.schema, object, { rules: 'server', ...(old === undefined ? {} : { oldValue: old }) });
  const own = firstOfEachText(found.filter((error) => error.keyword !== 'check' || error.path.length > 0));
  const structural = own.filter(({ keyword }) => keyword !== 'rule').map(faultOf);
  const faults = [
    ...meta,
    ...(subresource === 'status' ? structural.map(fromStatus) : structural),
    ...(judge.junctors ? junctorFaults(judge.junctors, object, old) : []),
    ...scaleFaults(judge.scale, object),
  ];
  if (judge.rules && faults.some(({ reason }) => blocking.has(reason))) return [...faults, rulesNotChecked];
  return [...faults, ...own.filter(({ keyword }) => keyword === 'rule').map(faultOf)];
}

/** The server's check of a text ends with its first fault: length before pattern. */
function firstOfEachText(errors: readonly FieldError[]): FieldError[] {
  const short = new Set(
    errors.filter(({ keyword }) => keyword === 'maxLength' || keyword === 'minLength').map(placeOf),
  );
  return errors.filter((error) => error.keyword !== 'pattern' || !short.has(placeOf(error)));
}

function placeOf({ path }: FieldError): string {
  return formatPath(path);
}

// A status is judged on its own: its members are told from there, but named from the root.
function fromStatus(fault: FieldFault): FieldFault {
  const inner = fault.field.replace(/^status\.?/, '');
  return { ...fault, message: fault.message.replace(`: ${fault.field} in body`, `: ${inner} in body`) };
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

function scaleFaults(scale: ScalePaths | undefined, object: StoredObject): FieldFault[] {
  if (!scale) return [];
  return [...replicaFaults(scale.specReplicas, object), ...replicaFaults(scale.statusReplicas, object)];
}

const largestReplicas = 2 ** 31 - 1;

function replicaFaults(path: string, object: StoredObject): FieldFault[] {
  const steps = path.split('.').filter((step) => step !== '');
  let value: unknown = object;
  for (const step of steps) {
    if (!isMap(value)) return [notReadable(path, value, 'map[string]interface{}')];
    if (!Object.hasOwn(value, step)) return [];
    value = value[step];
  }
  if (typeof value !== 'number') return [notReadable(path, value, 'int64')];
  if (value < 0) return [invalidValue(path, value, 'should be a non-negative integer')];
  if (value > largestReplicas) return [invalidValue(path, value, `should be less than or equal to ${largestReplicas}`)];
  return [];
}

// Source: apimachinery `unstructured.NestedInt64`.
function notReadable(path: string, value: unknown, expected: string): FieldFault {
  const text = `accessor error: ${goText(value)} is of the type ${goType(value)}, expected ${expected}`;
  return invalidValue(path, 0, `${path} ${text}`);
}
