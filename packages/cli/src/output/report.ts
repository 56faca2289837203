import { type Diagnostic, renderPretty, sortDiagnostics } from '@pullpath/diagnostics';

/** Writes errors and warnings to stderr in the pretty form, with the lines they stand on. Remarks are for `lint`. */
export function reportDiagnostics(found: readonly Diagnostic[], texts: ReadonlyMap<string, string>): void {
  const diagnostics = found.filter(({ severity }) => severity !== 'info');
  if (diagnostics.length === 0) return;
  process.stderr.write(
    `${renderPretty(sortDiagnostics(diagnostics), { sources: texts, color: wantsColor(process.stderr) }).trimEnd()}\n`,
  );
}

/** Colour for a terminal, unless NO_COLOR says otherwise (no-color.org). */
export function wantsColor(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
}
