import type { Diagnostic } from '../diagnostic.ts';
import { redactDiagnostic } from '../redact.ts';
import type { SourceSpan } from '../span.ts';

/** A diagnostic as `--format json` prints it. Lines and columns count from 1; places are null where there is no file. */
export interface JsonDiagnostic extends JsonPlace {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly object?: string | undefined;
  readonly path?: string | undefined;
  readonly expected?: string | undefined;
  readonly hint?: string | undefined;
  readonly related?: readonly ({ readonly message: string } & JsonPlace)[] | undefined;
  readonly fix?:
    | { readonly title: string; readonly edits: readonly ({ readonly text: string } & JsonPlace)[] }
    | undefined;
}

export interface JsonPlace {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
}

/** A JSON array of `JsonDiagnostic`. */
export function renderJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify(diagnostics.map(toJsonDiagnostic), null, 2)}\n`;
}

/** The JSON shape of one diagnostic, without secrets in its words. */
export function toJsonDiagnostic(diagnostic: Diagnostic): JsonDiagnostic {
  const { code, severity, message, at, object, path, expected, hint, related, fix } = redactDiagnostic(diagnostic);
  return {
    code,
    severity,
    message,
    ...toJsonPlace(at),
    object,
    path,
    expected,
    hint,
    related: related?.map((place) => ({ message: place.message, ...toJsonPlace(place.at) })),
    fix: fix && { title: fix.title, edits: fix.edits.map((edit) => ({ text: edit.text, ...toJsonPlace(edit.at) })) },
  };
}

function toJsonPlace(at: SourceSpan | undefined): JsonPlace {
  return {
    file: at?.file ?? null,
    line: at?.start.line ?? null,
    column: at?.start.column ?? null,
    endLine: at?.end.line ?? null,
    endColumn: at?.end.column ?? null,
  };
}
