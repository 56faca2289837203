import type { Diagnostic, DiagnosticCode } from '@pullpath/diagnostics';
import type { KindDefinition } from '../kinds/kind.ts';
import { formatPath, type LocatedObject, objectName, type Path } from '../load/located.ts';
import type { FieldError, FieldErrorType } from './field-error.ts';
import { nearestName } from './nearest.ts';
import { patternWords } from './patterns.ts';

const codes: Readonly<Record<FieldErrorType, DiagnosticCode>> = {
  Required: 'field-required',
  Invalid: 'field-invalid',
  NotSupported: 'field-not-supported',
  Duplicate: 'field-duplicate',
  TooLong: 'field-too-long',
  TooMany: 'field-too-many',
  Forbidden: 'field-forbidden',
  TypeInvalid: 'field-type',
};

/** A fault of a value as a diagnostic, with the place of the value. Values of a Secret are never shown. */
export function describeFault(definition: KindDefinition, located: LocatedObject, error: FieldError): Diagnostic {
  const shown = definition.kind === 'Secret' || isConfidential(error.path) ? { ...error, badValue: undefined } : error;
  return {
    code: codes[error.type],
    severity: 'error',
    message: messageOf(shown),
    at: located.source?.span(error.path),
    object: objectName(located.object),
    path: formatPath(error.path),
    expected: expectedOf(shown),
    hint: hintOf(shown),
  };
}

/** Fields whose value is a credential. */
function isConfidential(path: Path): boolean {
  return path[0] === 'pullSecret';
}

function messageOf(error: FieldError): string {
  const field = error.path.length === 0 ? 'the object' : formatPath(error.path);
  if (error.type === 'Required')
    return error.detail === '' ? `${field} is required` : `${field} is required: ${error.detail}`;
  if (error.type === 'Duplicate') return duplicateText(field, error);
  if (error.type === 'NotSupported') return `${field} must not be ${show(error.badValue)}`;
  if (error.keyword === 'pattern') return `${field} has an invalid value ${show(error.badValue)}`.trimEnd();
  if (goesOn.test(error.detail)) return `${field} ${error.detail}`;
  return error.keyword === 'check' ? error.detail : `${field}: ${error.detail}`;
}

// The general wordings go on from the name of the field; a text of a schema or a rule stands by itself.
const goesOn = /^(?:should|may|must) /;

function duplicateText(field: string, error: FieldError): string {
  if (error.detail === '') return `${field} repeats ${show(error.badValue)}`.trimEnd();
  return error.keyword === 'check' ? error.detail : `${field}: ${error.detail}`;
}

function expectedOf(error: FieldError): string | undefined {
  if (error.allowed) return `one of ${error.allowed.map((value) => JSON.stringify(value)).join(', ')}`;
  return error.keyword === 'pattern' ? patternText(error.detail) : undefined;
}

function patternText(detail: string): string {
  const prefix = "should match '";
  const words = detail.startsWith(prefix) ? patternWords(detail.slice(prefix.length, -1)) : undefined;
  return words ?? detail.replace(/^should match/, 'to match');
}

function hintOf(error: FieldError): string | undefined {
  if (error.badValue === 'AllowFallback')
    return 'some documents name AllowFallback; the value is AllowContactingSource, which is also the default';
  const near =
    typeof error.badValue === 'string' && error.allowed ? nearestName(error.badValue, error.allowed) : undefined;
  return near === undefined ? undefined : `did you mean ${JSON.stringify(near)}?`;
}

const maxShown = 200;

function show(value: unknown): string {
  if (value === undefined) return '';
  const text = JSON.stringify(value) ?? '';
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}
