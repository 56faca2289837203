import type { Http2SecureServer } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { ApiError } from '../status/status.ts';

/** Answers what is no HTTP/1 with a Status and hangs up; whoever takes too long over a request is sent away the same way. */
export function answerProtocolFaults(secure: Http2SecureServer): void {
  secure.on('clientError', (error: NodeJS.ErrnoException, socket: TLSSocket) => {
    if (socket.writable && error.code !== 'ECONNRESET') socket.end(answerTo(error.code));
    socket.destroySoon();
  });
}

const texts: Readonly<Record<number, readonly [title: string, reason: string, message: string]>> = {
  400: ['Bad Request', 'BadRequest', 'the request is not valid HTTP'],
  408: ['Request Timeout', 'Timeout', 'the request did not arrive in time'],
  413: ['Payload Too Large', 'RequestEntityTooLarge', 'the request is too large'],
  431: ['Request Header Fields Too Large', 'BadRequest', 'the headers of the request are too large'],
};

function answerTo(code: string | undefined): string {
  const status = statusOf(code);
  const [title, reason, message] = texts[status] ?? ['Bad Request', 'BadRequest', ''];
  const body = JSON.stringify(new ApiError(status, reason, message).status);
  const headers = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close`;
  return `HTTP/1.1 ${status} ${title}\r\n${headers}\r\n\r\n${body}`;
}

function statusOf(code: string | undefined): number {
  return (code !== undefined && statuses[code]) || 400;
}

/** By the codes of Node's HTTP parser. */
const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
