import { formatPath, type Path, type SourceMap } from '@pullpath/api';
import type { Diagnostic, DiagnosticCode, RelatedPlace } from '@pullpath/diagnostics';

/** A mistake in a registries.conf, by its path in the TOML data. */
export interface ConfFault {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly path: Path;
  readonly expected?: string | undefined;
  readonly hint?: string | undefined;
  /** The other table of a conflict. */
  readonly other?: { readonly message: string; readonly path: Path } | undefined;
  readonly severity?: 'error' | 'warning';
}

/** The fault as a diagnostic that points into its file. */
export function confDiagnostic(fault: ConfFault, source: SourceMap): Diagnostic {
  const related: RelatedPlace[] | undefined = fault.other && [
    { message: fault.other.message, at: source.span(fault.other.path) },
  ];
  return {
    code: fault.code,
    severity: fault.severity ?? 'error',
    message: fault.message,
    at: source.span(fault.path),
    object: 'registries.conf',
    path: formatPath(fault.path),
    related,
    expected: fault.expected,
    hint: fault.hint,
  };
}
