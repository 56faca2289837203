/**
 * A failure of the world (a file, a network, a server), as opposed to a mistake in user input, which is a `Diagnostic`.
 * The message says what was tried and where; the hint says what to do next. Neither may hold a secret.
 */
export class CodedError extends Error {
  override readonly name = 'CodedError';
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
