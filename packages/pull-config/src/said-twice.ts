import type { Diagnostic, DiagnosticCode } from '@pullpath/diagnostics';

/** What compiling says of a value by itself, as the schema does where there is one. */
const formatCodes: ReadonlySet<DiagnosticCode> = new Set([
  'source-format',
  'mirror-format',
  'scope-format',
  'pull-secret-format',
]);

/** Leaves out what compiling says of the format of a value that the schema has refused at the same place already. */
export function withoutSaidTwice(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const refused = new Set(diagnostics.filter(isRefusal).map(startOf));
  return diagnostics.filter((diagnostic) => !formatCodes.has(diagnostic.code) || !refused.has(startOf(diagnostic)));
}

// One that a cluster tolerates in what it stores is no refusal; then compiling has the last word.
function isRefusal({ code, severity }: Diagnostic): boolean {
  return code === 'field-invalid' && severity === 'error';
}

function startOf({ at, object, path }: Diagnostic): string {
  return at ? `${at.file}\n${at.start.offset}` : `${object}\n${path}`;
}
