import { type Diagnostic, renderPretty, sortDiagnostics } from '@pullpath/diagnostics';
import { withoutSaidTwice } from '@pullpath/pull-config';

/**
 * Writes errors and warnings to stderr in the pretty form, with the lines they stand on; what several pools or both sides
 * of a change say is written once. Remarks are for `lint`.
 */
export function reportDiagnostics(found: readonly Diagnostic[], texts: ReadonlyMap<string, string>): void {
  const diagnostics = withoutRepeats(withoutSaidTwice(found.filter(({ severity }) => severity !== 'info')));
  if (diagnostics.length === 0) return;
  process.stderr.write(
    `${renderPretty(sortDiagnostics(diagnostics), { sources: texts, color: wantsColor(process.stderr) }).trimEnd()}\n`,
  );
}

function withoutRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const byText = diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic] as const);
  return [...new Map(byText).values()];
}

/** Colour for a terminal, unless NO_COLOR says otherwise (no-color.org). */
export function wantsColor(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
}
