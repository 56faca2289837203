import type { ServerResponse } from 'node:http';
import type { ServiceAnswer } from '../service/http.ts';

/** Sends an answer; where the request was not read to its end, the connection is given up with it. */
export function sendAnswer(response: ServerResponse, { status, headers, body }: ServiceAnswer, wasRead: boolean): void {
  const text = body === undefined ? undefined : Buffer.from(`${JSON.stringify(body)}\n`);
  response.writeHead(status, {
    ...headers,
    ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': text.length }),
    'x-content-type-options': 'nosniff',
    ...(wasRead ? {} : { connection: 'close' }),
  });
  response.end(text);
}
