/** What the resources need of a connection to the OCM API; paths start below `/api/clusters_mgmt/v1`. */
export interface Ocm {
  /** Sends one request and gives the JSON of the answer; undefined where it has none. Throws `OcmFault`. */
  send(request: OcmRequest): Promise<unknown>;
}

export interface OcmRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

/** A request that got no good answer; the message is the one of the published SDK. */
export class OcmFault extends Error {
  override readonly name = 'OcmFault';
  /** The HTTP status, or undefined where there was no answer. */
  readonly status: number | undefined;

  constructor(message: string, options: { status?: number | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = options.status;
  }
}

/** Whether the server said that there is no such thing. */
export function isNotFound(thrown: unknown): boolean {
  return thrown instanceof OcmFault && thrown.status === 404;
}

/** Whether two writes came too close (optimistic locking of the object underneath). The same request may succeed again. */
export function isConflict(thrown: unknown): boolean {
  return thrown instanceof OcmFault && thrown.status === 409 && thrown.message.includes('the object has been modified');
}

/** The words of anything thrown by `send`. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
