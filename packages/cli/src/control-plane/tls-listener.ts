import type { IncomingHttpHeaders } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Address } from '../input/address.ts';
import { bound } from './bound.ts';

export interface TlsRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface TlsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface TlsListenOptions extends Address {
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
  readonly report: (error: unknown, doing: string) => void;
}

export interface TlsListener {
  readonly port: number;
  close(): Promise<void>;
}

/** Answers requests without bodies over HTTPS. Rejects with `CodedError` `listen-failed`. */
export async function listenTls(
  { host, port, certificate, key, report }: TlsListenOptions,
  answer: (request: TlsRequest) => Promise<TlsAnswer>,
): Promise<TlsListener> {
  const options = { cert: certificate, key, minVersion: 'TLSv1.2', requestTimeout: 10_000 } as const;
  const server = createServer(options, (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    request.resume();
    answer({ method, path: url.split('?', 1)[0] ?? '/', headers })
      .catch((error: unknown): TlsAnswer => {
        report(error, `answer ${method} ${url}`);
        return { status: 500, headers: {}, body: 'internal error\n' };
      })
      .then(({ status, headers: fields, body }) => response.writeHead(status, fields).end(body));
  });
  server.maxConnections = 1_000;
  // A client that speaks no TLS, or hangs up, is no failure of the server.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  await bound(server, { host, port });
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
