import type { Path } from '../../load/located.ts';
import type { FieldError, FieldErrorType } from '../../schema/field-error.ts';

/** A fault of an image set configuration, worded as oc-mirror words it. */
export function checkFault(path: Path, detail: string, type: FieldErrorType = 'Invalid'): FieldError {
  return { path, type, keyword: 'check', detail };
}
