/** Header lookup by lower-case name; several headers of one name are joined by `, `. */
export interface ResponseHeaders {
  get(name: string): string | undefined;
}

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, below the address of the server. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Must be read to its end or left by `return`, which ends the exchange. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * How requests get to the server: address, TLS and credentials are its business. One for Node is in `./node`, one over the
 * platform's `fetch` beside this file.
 */
export interface Transport {
  /** One exchange, no retry. Rejects with a `KubeError` when there is no answer. */
  send(request: TransportRequest): Promise<TransportResponse>;
  /** Ends all connections. */
  close(): Promise<void>;
}
