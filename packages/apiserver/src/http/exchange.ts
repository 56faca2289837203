import type { Readable } from 'node:stream';

/** One request, free of the protocol it came by: tests hand it in directly. */
export interface ApiRequest {
  readonly method: string;
  /** Decoded path, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body, at most `limit` bytes. Throws `ApiError` 413 for more. */
  body(limit: number): Promise<Buffer>;
  /** Aborted when the client has gone or the server stops. */
  readonly signal: AbortSignal;
  /** Subject of a client certificate that the server's own authority signed. */
  readonly clientCertificate?: ClientCertificate | undefined;
}

export interface ClientCertificate {
  readonly commonName: string;
  readonly organizations: readonly string[];
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | Readable;
}

/** Who asks, as authentication found out. */
export interface User {
  readonly name: string;
  readonly uid?: string | undefined;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>> | undefined;
}

export function text(status: number, value: string): ApiResponse {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache, private' },
    body: Buffer.from(value),
  };
}
