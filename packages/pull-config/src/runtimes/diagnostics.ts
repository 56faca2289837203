import { describeOrigin, originSpan } from '@pullpath/api';
import type { Diagnostic, DiagnosticCode } from '@pullpath/diagnostics';
import type { ReportEntry, Runtime } from './model.ts';

/** A warning for every rule that the runtime does not carry, and for every block that reaches further than asked. */
export function diagnose(report: readonly ReportEntry[], runtime: Runtime): Diagnostic[] {
  return report.flatMap((entry) => {
    const code = codeOf(entry);
    return code ? [warning(code, entry, runtime)] : [];
  });
}

function codeOf({ kind, verdict }: ReportEntry): DiagnosticCode | undefined {
  const blocks = kind === 'never-contact-source' || kind === 'blocked';
  if (verdict === 'widened') return blocks ? 'runtime-block-widened' : undefined;
  if (verdict === 'exact') return undefined;
  return blocks ? 'runtime-source-contacted' : 'runtime-rule-dropped';
}

function warning(code: DiagnosticCode, entry: ReportEntry, runtime: Runtime): Diagnostic {
  const place = entry.origin && describeOrigin(entry.origin);
  return {
    code,
    severity: 'warning',
    message: `${runtime}: ${subjectOf(entry)}: ${entry.why}`,
    at: entry.origin && originSpan(entry.origin),
    object: place?.object,
    path: place?.path,
    hint: hints[code],
  };
}

function subjectOf({ kind, source, mirror }: ReportEntry): string {
  if (kind === 'never-contact-source') return `NeverContactSource of ${source}`;
  if (kind === 'blocked') return `the block of ${source}`;
  if (kind === 'insecure') return `insecure ${source}`;
  if (kind === 'credentials') return `the credentials of ${source}`;
  return `mirror ${mirror} of ${source}`;
}

const hints: Readonly<Partial<Record<DiagnosticCode, string>>> = {
  'runtime-block-widened':
    'give the repositories that must still be pulled a mirror, or make the rule name the whole host',
  'runtime-source-contacted': 'close the way to the source outside the runtime: firewall, DNS or an admission policy',
  'runtime-rule-dropped': 'keep the path of the source in the mirror, or use a runtime that reads registries.conf',
};
