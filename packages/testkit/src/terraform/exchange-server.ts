import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { differenceOf } from '../vectors/compare.ts';

/** One request that a client must send, and its answer. Each is used once. */
export interface Exchange {
  readonly request: ExchangeRequest;
  readonly response: ExchangeResponse;
}

export interface ExchangeRequest {
  readonly method: string;
  readonly path: string;
  /** Compared whole where it is given. */
  readonly query?: Readonly<Record<string, string>>;
  /** Each of these is there; others may be. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly formAbsent?: readonly string[];
  readonly bodyContains?: Readonly<Record<string, unknown>>;
  readonly bodyAbsent?: readonly string[];
}

export interface ExchangeResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly rawBody?: string;
}

/** A server that plays exchanges. */
export interface ExchangeServer {
  readonly url: string;
  /** What the next requests must be, in this order or in any. */
  expect(exchanges: readonly Exchange[], ordered: boolean): void;
  /** Everything that was not as expected since the last call, unused exchanges among it. */
  faults(): readonly string[];
  close(): Promise<void>;
}

export async function startExchangeServer(): Promise<ExchangeServer> {
  let [open, ordered, faults]: [Exchange[], boolean, string[]] = [[], false, []];
  const server = createServer(async (request, response) => {
    const seen = await readRequest(request);
    const at = open
      .slice(0, ordered ? 1 : undefined)
      .findIndex((exchange) => mismatch(exchange.request, seen) === undefined);
    const [found] = at < 0 ? [] : open.splice(at, 1);
    if (found !== undefined) return answer(response, found.response);
    faults.push(unexpected(seen, open));
    answer(response, { status: 501, body: { kind: 'Error', reason: 'no exchange for this request' } });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    expect: (exchanges, inOrder) => {
      [open, ordered, faults] = [[...exchanges], inOrder, []];
    },
    faults: () => [...faults, ...open.map(({ request }) => `not sent: ${request.method} ${request.path}`)],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface SeenExchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

async function readRequest(request: IncomingMessage): Promise<SeenExchange> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return {
    method: request.method ?? '',
    url: new URL(request.url ?? '/', 'http://server'),
    headers: request.headers,
    text,
  };
}

function unexpected(seen: SeenExchange, open: readonly Exchange[]): string {
  const near = open.find(({ request }) => request.method === seen.method && request.path === seen.url.pathname);
  const why = near === undefined ? '' : ` (${mismatch(near.request, seen) ?? 'out of order'})`;
  return `unlisted request: ${seen.method} ${seen.url.pathname}${seen.url.search}${why}`;
}

function mismatch(wanted: ExchangeRequest, seen: SeenExchange): string | undefined {
  if (wanted.method !== seen.method || wanted.path !== seen.url.pathname) return 'another request';
  const query = wanted.query && differenceOf(wanted.query, Object.fromEntries(seen.url.searchParams), 'query');
  return query ?? headerMismatch(wanted, seen) ?? formMismatch(wanted, seen) ?? bodyMismatch(wanted, seen);
}

function headerMismatch({ headers = {} }: ExchangeRequest, seen: SeenExchange): string | undefined {
  const wrong = Object.entries(headers).find(([name, value]) => seen.headers[name.toLowerCase()] !== value);
  return wrong && `header ${wrong[0]} is not ${wrong[1]}`;
}

function formMismatch({ form, formAbsent = [] }: ExchangeRequest, seen: SeenExchange): string | undefined {
  if (form === undefined && formAbsent.length === 0) return undefined;
  const sent = new URLSearchParams(seen.text);
  const wrong = Object.entries(form ?? {}).find(([name, value]) => sent.get(name) !== value);
  const extra = formAbsent.find((name) => sent.has(name));
  return wrong ? `form field ${wrong[0]} is not as expected` : extra && `form field ${extra} must not be sent`;
}

function bodyMismatch({ bodyContains, bodyAbsent = [] }: ExchangeRequest, seen: SeenExchange): string | undefined {
  if (bodyContains === undefined && bodyAbsent.length === 0) return undefined;
  const sent = jsonOf(seen.text);
  const extra = bodyAbsent.find((name) => name in sent);
  return extra ? `member ${extra} must not be sent` : bodyContains && subsetDifference(bodyContains, sent, 'body');
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** The first place where `actual` lacks what `expected` has; lists are compared by length and place. */
export function subsetDifference(expected: unknown, actual: unknown, at: string): string | undefined {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return differenceOf(expected, actual, at);
    return expected.map((item, index) => subsetDifference(item, actual[index], `${at}[${index}]`)).find(Boolean);
  }
  if (typeof expected !== 'object' || expected === null) return differenceOf(expected, actual ?? null, at);
  const members = (actual ?? {}) as Record<string, unknown>;
  return Object.entries(expected)
    .map(([name, member]) => subsetDifference(member, members[name], `${at}.${name}`))
    .find(Boolean);
}

function answer(response: ServerResponse, { status, headers, body, rawBody }: ExchangeResponse): void {
  const type = rawBody === undefined && body !== undefined ? { 'content-type': 'application/json' } : {};
  response.writeHead(status, { ...type, ...headers });
  response.end(status === 204 ? undefined : (rawBody ?? (body === undefined ? undefined : JSON.stringify(body))));
}
