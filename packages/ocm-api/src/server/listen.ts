import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { CodedError } from '@pullpath/diagnostics';
import { handleOcmRequest } from '../service/handle.ts';
import type { OcmService } from '../service/ocm-service.ts';
import { sendAnswer } from './send-answer.ts';
import { serviceRequest } from './service-request.ts';

export interface OcmListenOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
}

export interface OcmListening {
  readonly port: number;
  /** Stops accepting; requests under way may end for at most `graceMs`. */
  close(graceMs: number): Promise<void>;
}

const mostConnections = 512;

/** Serves the OCM API over TLS. Rejects with `CodedError` `listen-failed`. */
export async function listenForOcm(service: OcmService, options: OcmListenOptions): Promise<OcmListening> {
  const { certificate: cert, key } = options;
  const limits = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 };
  const server = createServer({ cert, key, minVersion: 'TLSv1.2', ...limits }, (request, response) => {
    answer(service, request, response).catch((error: unknown) => {
      service.report(error);
      response.destroy();
    });
  });
  server.maxConnections = mostConnections;
  // A client that speaks no TLS, or no HTTP, is no failure of the server.
  server.on('tlsClientError', (_error, socket: Socket) => socket.destroy());
  server.on('clientError', (_error, socket) => socket.destroy());
  await bound(server, options);
  return { port: (server.address() as AddressInfo).port, close: (graceMs) => closed(server, graceMs) };
}

async function answer(service: OcmService, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = serviceRequest(request);
  sendAnswer(response, await handleOcmRequest(service, asked), request.complete);
}

function bound(server: Server, { host, port }: OcmListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new CodedError('listen-failed', `cannot listen on ${host}:${port}: ${cause.message}`, {
          hint: 'choose another port, or 0 for any free one',
          cause,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
}

function closed(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
