import { CodedError } from '@pullpath/diagnostics';
import type { ErrorBody } from '../model/error-body.ts';

/** Why a call gave nothing. `ocm-status` is an answer of the server, the others are the lack of one. */
export type OcmErrorCode =
  | 'ocm-status'
  | 'ocm-content'
  | 'ocm-too-large'
  | 'ocm-unreachable'
  | 'ocm-tls'
  | 'ocm-timeout'
  | 'ocm-cancelled'
  | 'ocm-token'
  | 'ocm-settings';

export interface OcmErrorOptions {
  /** The HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** The members of the error body that were there. */
  readonly body?: Partial<ErrorBody> | undefined;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** A failed call. The message is word for word that of the published SDK, so that scripts which look for it go on. */
export class OcmError extends CodedError {
  declare readonly code: OcmErrorCode;
  readonly status: number | undefined;
  readonly body: Partial<ErrorBody> | undefined;

  constructor(code: OcmErrorCode, message: string, { status, body, hint, cause }: OcmErrorOptions = {}) {
    super(code, message, { ...(hint === undefined ? {} : { hint }), ...(cause === undefined ? {} : { cause }) });
    this.status = status;
    this.body = body;
  }
}

/** Whether the server said that there is no such thing. */
export function isNotFound(error: unknown): error is OcmError {
  return error instanceof OcmError && error.status === 404;
}

/** Whether another write came between: nothing was done, and the same request may succeed. */
export function isModified(error: unknown): error is OcmError {
  return hasConflict(error, 'the object has been modified');
}

/** Whether the source of a new mirror is taken. */
export function isAlreadyExists(error: unknown): error is OcmError {
  return hasConflict(error, 'already exists');
}

function hasConflict(error: unknown, words: string): error is OcmError {
  return error instanceof OcmError && error.status === 409 && error.message.includes(words);
}
