import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { ApiRequest } from '../http/exchange.ts';
import { badRequest, tooLarge } from '../status/status.ts';

export type NodeRequest = IncomingMessage | Http2ServerRequest;

/** A request of Node as the API sees it. Throws `ApiError` 400 for a path that cannot be read. */
export function apiRequest(request: NodeRequest, signal: AbortSignal): ApiRequest {
  const { path, query } = splitUrl(request.url ?? '/');
  return {
    method: request.method ?? 'GET',
    path,
    query,
    headers: plainHeaders(request),
    body: (limit) => readBody(request, limit),
    signal,
    clientCertificate: clientCertificate(request),
  };
}

function splitUrl(url: string): { path: string; query: URLSearchParams } {
  const mark = url.indexOf('?');
  const raw = mark < 0 ? url : url.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  return { path: decodedPath(raw), query };
}

// Dots and slashes in a name would point elsewhere than where authorization looked.
function decodedPath(raw: string): string {
  const parts = raw.split('/').map(decodedPart);
  if (parts.some((part) => part === '.' || part === '..' || part.includes('/') || part.includes('\0')))
    throw badRequest('the path of the request is not canonical');
  return parts.join('/');
}

function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest('the path of the request is not valid percent-encoded text');
  }
}

function plainHeaders(request: NodeRequest): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = Object.create(null);
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  headers['host'] ??= headers[':authority'];
  return headers;
}

async function readBody(request: NodeRequest, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of unlessCut(request)) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

// A client that goes away in the middle of its body is no failure of the server.
async function* unlessCut(request: NodeRequest): AsyncGenerator<Buffer> {
  try {
    yield* request as AsyncIterable<Buffer>;
  } catch {
    throw badRequest('the body of the request ended too soon');
  }
}

function clientCertificate(request: NodeRequest): ApiRequest['clientCertificate'] {
  const socket = request.socket as TLSSocket;
  if (!socket.authorized) return undefined;
  const { subject } = socket.getPeerCertificate();
  if (!subject?.CN) return undefined;
  const { O: organizations = [] } = subject as { O?: string | string[] };
  return { commonName: String(subject.CN), organizations: [organizations].flat() };
}
