import type { Diagnostic } from '@pullpath/diagnostics';

/** Orders the diagnostics of one file by place and keeps `limit` of them, errors first; the rest is counted. */
export function capDiagnostics(diagnostics: readonly Diagnostic[], limit: number): readonly Diagnostic[] {
  const ordered = diagnostics.toSorted((a, b) => offsetOf(a) - offsetOf(b));
  if (ordered.length <= limit) return ordered;
  const errors = ordered.filter(({ severity }) => severity === 'error');
  const others = ordered.filter(({ severity }) => severity !== 'error');
  const kept = [...errors, ...others].slice(0, limit).toSorted((a, b) => offsetOf(a) - offsetOf(b));
  return [...kept, andMore(kept.at(-1), ordered.length - limit, errors.length > limit)];
}

function andMore(last: Diagnostic | undefined, hidden: number, hidesErrors: boolean): Diagnostic {
  return {
    code: 'too-many-diagnostics',
    severity: hidesErrors ? 'error' : 'warning',
    message: `and ${hidden} more in this file`,
    at: last?.at,
    hint: 'fix the ones shown first',
  };
}

function offsetOf({ at }: Diagnostic): number {
  return at?.start.offset ?? 0;
}
