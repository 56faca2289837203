import { CodedError } from '@pullpath/diagnostics';

/** Why a call gave nothing. `kube-status` is an answer of the server, the others are the lack of one. */
export type KubeErrorCode =
  | 'kube-status'
  | 'kube-unreachable'
  | 'kube-timeout'
  | 'kube-cancelled'
  | 'kube-tls'
  | 'kube-protocol'
  | 'kube-too-large'
  | 'kube-config'
  | 'kube-credentials';

/** A refusal as the server words it (Kubernetes `meta/v1 Status`). */
export interface KubeStatus {
  /** The HTTP status. */
  readonly code: number;
  /** CamelCase, like `NotFound`; empty when the server gave none. */
  readonly reason: string;
  readonly message: string;
  readonly details: StatusDetails;
}

export interface StatusDetails {
  readonly name?: string | undefined;
  readonly group?: string | undefined;
  readonly kind?: string | undefined;
  readonly uid?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly causes?: readonly StatusCause[] | undefined;
}

export interface StatusCause {
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly field?: string | undefined;
}

/** A failed call. Of a `kube-status` the message is the server's own. */
export class KubeError extends CodedError {
  declare readonly code: KubeErrorCode;
  readonly status: KubeStatus | undefined;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: KubeErrorCode,
    message: string,
    options: {
      readonly status?: KubeStatus | undefined;
      readonly retryAfterMs?: number | undefined;
      readonly hint?: string | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    const { hint, cause } = options;
    super(code, message, { ...(hint === undefined ? {} : { hint }), ...(cause === undefined ? {} : { cause }) });
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Whether an error is the server's answer with this HTTP status and, where given, this reason. */
export function isStatus(error: unknown, code: number, reason?: string): error is KubeError {
  if (!(error instanceof KubeError) || error.status?.code !== code) return false;
  return reason === undefined || error.status.reason === reason;
}

export function isNotFound(error: unknown): error is KubeError {
  return isStatus(error, 404);
}

/** The object was changed since it was read, or another manager owns an applied field. */
export function isConflict(error: unknown): error is KubeError {
  return isStatus(error, 409, 'Conflict');
}

export function isAlreadyExists(error: unknown): error is KubeError {
  return isStatus(error, 409, 'AlreadyExists');
}

/** The resource version, or the continue token, is older than the history that the server keeps. */
export function isExpired(error: unknown): error is KubeError {
  return isStatus(error, 410);
}

/** Whether a refusal names this cause, like `DisruptionBudget` or `NamespaceTerminating`. */
export function hasCause(error: unknown, reason: string): boolean {
  const causes = error instanceof KubeError ? error.status?.details.causes : undefined;
  return causes?.some((cause) => cause.reason === reason) ?? false;
}
