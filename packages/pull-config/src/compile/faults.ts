import { describeOrigin, type Origin, originSpan } from '@pullpath/api';
import type { Diagnostic, DiagnosticCode, Severity } from '@pullpath/diagnostics';

/** A reason why rules cannot become node files, before it is shown to anyone. */
export interface RuleFault {
  readonly code: DiagnosticCode;
  /** Absent counts as `error`: nothing is rendered. */
  readonly severity?: Severity;
  readonly message: string;
  /** The offending text, where there is one. Never a secret. */
  readonly value?: string;
  readonly origin?: Origin | undefined;
  /** The other places that take part. */
  readonly related?: readonly { readonly message: string; readonly origin: Origin | undefined }[];
  readonly expected?: string;
  readonly hint?: string;
}

/** True for a fault that keeps everything from being rendered. */
export function isFatal(fault: RuleFault): boolean {
  return (fault.severity ?? 'error') === 'error';
}

/** Faults as diagnostics with their places, in the same order; one that repeats another at the same place is dropped. */
export function faultDiagnostics(faults: readonly RuleFault[]): Diagnostic[] {
  const seen = new Set<string>();
  return faults.map(faultDiagnostic).filter((diagnostic) => {
    const key = JSON.stringify([
      diagnostic.code,
      diagnostic.message,
      diagnostic.object,
      diagnostic.path,
      diagnostic.at,
    ]);
    return !seen.has(key) && seen.add(key);
  });
}

function faultDiagnostic(fault: RuleFault): Diagnostic {
  const place = fault.origin && describeOrigin(fault.origin);
  return {
    code: fault.code,
    severity: fault.severity ?? 'error',
    message: fault.message,
    at: fault.origin && originSpan(fault.origin),
    object: place?.object,
    path: place?.path,
    related: fault.related?.map(({ message, origin }) => ({ message, at: origin && originSpan(origin) })),
    expected: fault.expected,
    hint: fault.hint,
  };
}

/** `ImageDigestMirrorSet/a spec.imageDigestMirrors[0]`, for messages that must name a place in words. */
export function nameOfPlace(origin: Origin | undefined): string {
  if (!origin) return 'the base configuration';
  const { object, path } = describeOrigin(origin);
  return path === '' ? object : `${object} ${path}`;
}
