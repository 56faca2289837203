import { type Diagnostic, hasErrors, type Severity } from './diagnostic.ts';

/** One line such as `2 errors, 1 warning in 3 files`; `no problems` when there are none. */
export function summary(diagnostics: readonly Diagnostic[]): string {
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => countOf(diagnostics, severity));
  if (counts.length === 0) return 'no problems';
  const files = new Set(diagnostics.flatMap(({ at }) => (at === undefined ? [] : [at.file])));
  return files.size === 0 ? counts.join(', ') : `${counts.join(', ')} in ${plural(files.size, 'file')}`;
}

/**
 * The exit code of a command that reports these: 1 for findings, else 0. `lint` counts warnings, every other command only
 * errors.
 */
export function exitCodeFor(diagnostics: readonly Diagnostic[], options: { readonly warnings: boolean }): 0 | 1 {
  if (hasErrors(diagnostics)) return 1;
  return options.warnings && diagnostics.some(({ severity }) => severity === 'warning') ? 1 : 0;
}

function countOf(diagnostics: readonly Diagnostic[], severity: Severity): string[] {
  const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  if (count === 0) return [];
  return [severity === 'info' ? `${count} info` : plural(count, severity)];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
