import type { Diagnostic, Severity } from '../diagnostic.ts';
import { redactDiagnostic } from '../redact.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Workflow commands of GitHub Actions: one annotation per diagnostic, at its line. */
export function renderGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${command(redactDiagnostic(diagnostic))}\n`).join('');
}

function command({ severity, code, message, expected, hint, at }: Diagnostic): string {
  const place = at && {
    file: at.file,
    line: at.start.line,
    endLine: at.end.line,
    // A column range over several lines is refused by the runner.
    ...(at.end.line === at.start.line ? { col: at.start.column, endColumn: at.end.column } : {}),
  };
  const properties = Object.entries({ ...place, title: code }).map(([name, value]) => `${name}=${property(value)}`);
  const lines = [message, expected && `expected ${expected}`, hint && `hint: ${hint}`].filter(
    (line) => line !== undefined,
  );
  return `::${commands[severity]} ${properties.join(',')}::${data(lines.join('\n'))}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string | number): string {
  return data(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
