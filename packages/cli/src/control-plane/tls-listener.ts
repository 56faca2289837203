import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CodedError } from '@pullpath/diagnostics';
import type { Address } from '../input/address.ts';
import { bound } from './bound.ts';

export interface TlsListenOptions extends Address {
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
}

export interface TlsListener {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Answers requests without bodies over HTTPS. Rejects with `CodedError` `listen-failed`, `certificate-unusable`. */
export async function listenTls(
  { host, port, certificate, key }: TlsListenOptions,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TlsListener> {
  checkPair(certificate, key);
  const limits = { requestTimeout: 10_000, headersTimeout: 10_000, keepAliveTimeout: 5_000 };
  const server = createServer({ cert: certificate, key, minVersion: 'TLSv1.2', ...limits }, (request, response) => {
    request.resume();
    answer(request, response);
  });
  server.maxConnections = 1_000;
  // A client that speaks no TLS, or hangs up, is no failure of the server.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  await bound(server, { host, port });
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) };
}

// A server would take them, and refuse every client.
function checkPair(certificate: string, key: string): void {
  try {
    const isPair = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
    if (isPair) return;
  } catch (cause) {
    throw unusable('certificate and key are not both PEM', cause);
  }
  throw unusable('the key is not that of the certificate');
}

function unusable(why: string, cause?: unknown): CodedError {
  const hint = 'see --ignition-cert and --ignition-key';
  return new CodedError('certificate-unusable', `cannot answer over HTTPS: ${why}`, { hint, cause });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
