/** One request, without a socket. */
export interface ServiceRequest {
  readonly method: string;
  /** Decoded segment by segment; no segment holds a slash. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Address of the caller. */
  readonly remote: string;
  /** The whole body. Rejects with a `Refusal` 413 beyond the limit of the listener. */
  readonly body: () => Promise<string>;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; undefined for 204 alone. */
  readonly body: object | undefined;
}

export function ok(body: object, headers: Readonly<Record<string, string>> = {}): ServiceAnswer {
  return { status: 200, headers, body };
}

export function created(body: object): ServiceAnswer {
  return { status: 201, headers: {}, body };
}

export const noContent: ServiceAnswer = { status: 204, headers: {}, body: undefined };
