import { type Origin, placeOf } from '@pullpath/api';
import type { Diagnostic, DiagnosticCode, Severity } from '@pullpath/diagnostics';

/** A diagnostic about one field of one object, with its place. `more`: what is expected, a hint, a repair, other places. */
export function diagnose(
  severity: Severity,
  code: DiagnosticCode,
  message: string,
  origin: Origin,
  more: Pick<Diagnostic, 'expected' | 'hint' | 'related' | 'fix'> = {},
): Diagnostic {
  return { code, severity, message, ...placeOf(origin), ...more };
}
