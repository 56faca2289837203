import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { OcmError } from '../ocm-error.ts';
import type { Agents } from './agents.ts';
import { networkError } from './network-error.ts';

/** One request over the wire. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a byte after which it ends; 60,000 unless set. */
  readonly silenceMs?: number | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  /** Seconds of a Retry-After, where one was sent as a number. */
  readonly retryAfter: number | undefined;
  readonly location: string | undefined;
  readonly text: string;
}

const defaultSilenceMs = 60_000;
const mostBytes = 64 * 2 ** 20;
const mostRedirects = 5;

/** Sends a request and reads the whole answer; redirects of reads are followed within the origin. Rejects with `OcmError`. */
export async function exchange(agents: Agents, request: HttpRequest): Promise<HttpAnswer> {
  let at = request;
  for (let count = 0; ; count++) {
    const answer = await once(agents, at);
    const target = count < mostRedirects ? redirectOf(at, answer) : undefined;
    if (target === undefined) return answer;
    at = { ...at, url: target };
  }
}

// Another origin must not see the token.
function redirectOf({ method, url }: HttpRequest, { status, location }: HttpAnswer): URL | undefined {
  if (method !== 'GET' || ![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  return target?.origin === url.origin ? target : undefined;
}

async function once(agents: Agents, request: HttpRequest): Promise<HttpAnswer> {
  try {
    const response = await respond(agents, request);
    return {
      status: response.statusCode ?? 0,
      contentType: response.headers['content-type'],
      retryAfter: secondsOf(response.headers['retry-after']),
      location: response.headers.location,
      text: await textOf(response),
    };
  } catch (error) {
    throw networkError(error, request, request.signal);
  }
}

function respond(
  agents: Agents,
  { method, url, headers, body, signal, silenceMs = defaultSilenceMs }: HttpRequest,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { method, headers: sized(headers, body), ...(signal === undefined ? {} : { signal }) };
    const sent: ClientRequest =
      url.protocol === 'https:'
        ? secureRequest(url, { ...options, agent: agents['https:'] }, resolve)
        : plainRequest(url, { ...options, agent: agents['http:'] }, resolve);
    sent.setTimeout(silenceMs, () => sent.destroy(late(url, silenceMs)));
    sent.once('error', reject);
    sent.end(body);
  });
}

function late({ host }: URL, silenceMs: number): OcmError {
  return new OcmError('ocm-timeout', `can't send request: ${host} is silent for ${silenceMs / 1000} seconds`);
}

function sized(headers: HttpRequest['headers'], body: string | undefined): Record<string, string> {
  return body === undefined ? { ...headers } : { ...headers, 'content-length': String(Buffer.byteLength(body)) };
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw new OcmError('ocm-too-large', `an answer has more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function secondsOf(header: string | undefined): number | undefined {
  const seconds = Number(header);
  return header !== undefined && Number.isInteger(seconds) && seconds >= 0 ? seconds : undefined;
}
