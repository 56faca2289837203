import { TypeError as CelTypeError, EvaluationError, ParseError } from '@marcbachmann/cel-js';

/** The one-line reason of an error that evaluation or parsing threw. */
export function errorText(error: unknown): string {
  if (error instanceof EvaluationError || error instanceof ParseError || error instanceof CelTypeError)
    return error.summary;
  return error instanceof Error ? error.message : String(error);
}
