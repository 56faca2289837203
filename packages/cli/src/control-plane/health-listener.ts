import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Address } from '../input/address.ts';
import { bound } from './bound.ts';
import { type Metric, metricsText } from './metrics-text.ts';

export interface Health {
  /** Whether the program does its work; asked each time. */
  readonly isReady: () => boolean;
  readonly metrics: () => readonly Metric[];
}

export interface HealthListener {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Answers `/healthz`, `/readyz` and `/metrics` over HTTP. Rejects with `CodedError` `listen-failed`. */
export async function listenForHealth({ host, port }: Address, health: Health): Promise<HealthListener> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, ({ method, url = '/' }, response) => {
    if (method !== 'GET' && method !== 'HEAD') answer(response, 405, 'only GET\n');
    else answer(response, ...answerTo(new URL(url, 'http://health').pathname, health));
  });
  server.maxConnections = 100;
  await bound(server, { host, port });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerTo(path: string, { isReady, metrics }: Health): readonly [status: number, text: string] {
  if (path === '/healthz' || path === '/livez') return [200, 'ok\n'];
  if (path === '/readyz') return isReady() ? [200, 'ok\n'] : [503, 'not ready: caches are being filled\n'];
  if (path === '/metrics') return [200, metricsText(metrics())];
  return [404, 'there are /healthz, /readyz and /metrics\n'];
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
}
