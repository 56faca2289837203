import { type FieldError, formatFieldError, formatPath } from '@pullpath/api';
import type { FieldFault } from '../status/status.ts';

/** A fault of room `api` as a cause of a Status. */
export function faultOf(error: FieldError): FieldFault {
  const field = error.path.length === 0 ? '<nil>' : formatPath(error.path);
  return { reason: `FieldValue${error.type}`, message: formatFieldError(error).slice(field.length + 2), field };
}
