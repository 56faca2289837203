export { CodedError } from './coded-error.ts';
export type { DiagnosticCode } from './codes/index.ts';
export { diagnosticCodes } from './codes/index.ts';
export type { Diagnostic, Fix, RelatedPlace, Severity } from './diagnostic.ts';
export { hasErrors } from './diagnostic.ts';
export type { LineIndex } from './line-index.ts';
export { lineIndex, utf8Column } from './line-index.ts';
export type { Position, SourceSpan, TextEdit } from './span.ts';
