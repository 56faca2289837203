import type { ApiResponse, ClientCertificate } from '../http/exchange.ts';
import type { ApiServer } from './api-server.ts';

/** One request of the process that the server runs in; `path` holds the query. */
export interface InProcessRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
}

export interface InProcessResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | undefined };
  readonly body: AsyncIterable<Uint8Array>;
}

/** The shape of a client's transport. */
export interface InProcessTransport {
  send(request: InProcessRequest): Promise<InProcessResponse>;
  close(): Promise<void>;
}

export interface InProcessOptions {
  /** Logical cluster; the root one unless set. */
  readonly cluster?: string | undefined;
  /** As whom; the server's own part of the process, which may do anything, unless set. */
  readonly as?: ClientCertificate | undefined;
}

const ownProcess: ClientCertificate = { commonName: 'system:pullpath', organizations: ['system:masters'] };

/** Requests without a socket: what runs beside a server uses the same client as every other program. */
export function inProcess(server: ApiServer, { cluster, as = ownProcess }: InProcessOptions = {}): InProcessTransport {
  const prefix = cluster === undefined ? '' : `/clusters/${cluster}`;
  return {
    async send({ method, path, headers, body, signal }) {
      const mark = path.indexOf('?');
      const answer = await server.handle({
        method,
        path: prefix + decodeURIComponent(mark < 0 ? path : path.slice(0, mark)),
        query: new URLSearchParams(mark < 0 ? '' : path.slice(mark + 1)),
        headers,
        body: () => Promise.resolve(Buffer.from(body ?? '')),
        signal,
        clientCertificate: as,
      });
      return { status: answer.status, headers: { get: (name) => headerOf(answer, name) }, body: bodyOf(answer) };
    },
    close: () => Promise.resolve(),
  };
}

function headerOf({ headers }: ApiResponse, name: string): string | undefined {
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === 'string' ? value : value?.join(', ');
}

async function* bodyOf({ body }: ApiResponse): AsyncGenerator<Uint8Array> {
  if (Buffer.isBuffer(body)) yield body;
  else yield* body;
}
