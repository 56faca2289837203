import { formatPath, type Path } from '../load/located.ts';
import type { FaultKeyword } from './schema.ts';

/** The error types of `k8s.io/apimachinery/pkg/util/validation/field` that validation gives. */
export type FieldErrorType =
  | 'Required'
  | 'Invalid'
  | 'NotSupported'
  | 'Duplicate'
  | 'TooLong'
  | 'TooMany'
  | 'Forbidden'
  | 'TypeInvalid';

/** One fault of an object, as an API server would report it. */
export interface FieldError {
  /** Empty for the object as a whole. */
  readonly path: Path;
  readonly type: FieldErrorType;
  readonly keyword: FaultKeyword;
  /** What is wrong; reads on from the path: `should match '^a$'`. Empty for `Required`. */
  readonly detail: string;
  readonly badValue?: unknown;
  /** The allowed values, for `NotSupported`. */
  readonly allowed?: readonly string[];
}

const headings: Readonly<Record<FieldErrorType, string>> = {
  Required: 'Required value',
  Invalid: 'Invalid value',
  NotSupported: 'Unsupported value',
  Duplicate: 'Duplicate value',
  TooLong: 'Too long',
  TooMany: 'Too many',
  Forbidden: 'Forbidden',
  TypeInvalid: 'Invalid value',
};

/** The text that a real API server gives for the fault: `spec.a: Invalid value: "x": spec.a in body should match '^b$'`. */
export function formatFieldError(error: FieldError): string {
  const path = error.path.length === 0 ? '<nil>' : formatPath(error.path);
  const parts = [path, headings[error.type]];
  if (showsValue(error)) parts.push(showValue(error.badValue));
  const detail = error.keyword in bodyKeywords ? `${path} in body ${error.detail}` : error.detail;
  if (detail !== '') parts.push(detail);
  return parts.join(': ');
}

/** Keywords whose fault the OpenAPI validator words, as opposed to the list-type check and the rules. */
const bodyKeywords: Partial<Record<FaultKeyword, true>> = {
  type: true,
  pattern: true,
  format: true,
  minLength: true,
  minimum: true,
  maximum: true,
  multipleOf: true,
  minItems: true,
  minProperties: true,
};

function showsValue({ type, keyword, badValue }: FieldError): boolean {
  if (type === 'Required' || type === 'Forbidden' || type === 'TooLong' || type === 'TooMany') return false;
  return keyword !== 'rule' || type !== 'Invalid' || badValue !== undefined;
}

function showValue(value: unknown): string {
  return value === undefined ? 'null' : JSON.stringify(value);
}
