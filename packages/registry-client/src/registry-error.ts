import { CodedError } from '@pullpath/diagnostics';

/** Why a registry did not give what was asked. */
export type RegistryErrorCode =
  | 'registry-unreachable'
  | 'registry-timeout'
  | 'registry-deadline'
  | 'registry-tls'
  | 'registry-unauthorized'
  | 'registry-denied'
  | 'registry-not-found'
  | 'registry-rate-limited'
  | 'registry-server-error'
  | 'registry-refused'
  | 'registry-redirect'
  | 'registry-body-too-large'
  | 'registry-body-truncated'
  | 'registry-digest-mismatch'
  | 'registry-protocol'
  | 'registry-token';

/** A failed exchange with a registry. Neither message nor hint holds a secret or the query of a URL. */
export class RegistryError extends CodedError {
  declare readonly code: RegistryErrorCode;
  /** The HTTP status, when there was an answer. */
  readonly status: number | undefined;

  constructor(
    code: RegistryErrorCode,
    message: string,
    options: {
      readonly status?: number | undefined;
      readonly hint?: string | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    const { hint, cause } = options;
    super(code, message, { ...(hint === undefined ? {} : { hint }), ...(cause === undefined ? {} : { cause }) });
    this.status = options.status;
  }
}
