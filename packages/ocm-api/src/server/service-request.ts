import type { IncomingMessage } from 'node:http';
import type { ServiceRequest } from '../service/http.ts';
import { badRequest, Refusal } from '../service/refusal.ts';

const mostBytes = 2 ** 20;

/** A request of Node as the service sees it. */
export function serviceRequest(request: IncomingMessage): ServiceRequest {
  const [path = '', query = ''] = split(request.url ?? '/');
  return {
    method: request.method ?? 'GET',
    segments: path.split('/').slice(1).map(decoded),
    query: new URLSearchParams(query),
    headers: plainHeaders(request),
    remote: request.socket.remoteAddress ?? '',
    body: () => readBody(request),
  };
}

function split(url: string): readonly string[] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url] : [url.slice(0, mark), url.slice(mark + 1)];
}

// What cannot be decoded is no path of ours, and says so by itself.
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function plainHeaders({ headers }: IncomingMessage): Record<string, string | undefined> {
  const plain = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]);
  return Object.fromEntries(plain) as Record<string, string | undefined>;
}

async function readBody(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return textOf(Buffer.concat(chunks));
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badRequest('The body is not UTF-8');
  }
}

function tooLarge(): Refusal {
  return new Refusal(413, `The body has more than ${mostBytes} bytes`);
}
