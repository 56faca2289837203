import type { request as httpRequest, IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';

/** How to reach an API server, the real one or ours. */
export interface ApiAccess {
  /** `https://127.0.0.1:6443`, without a path. */
  readonly url: string;
  /** PEM of who signed the server's certificate. */
  readonly ca: string;
  /** Bearer token of an administrator. */
  readonly token: string;
}

export interface KubeRequest {
  readonly method: string;
  /** Path and query as they go on the wire. */
  readonly path: string;
  /** The administrator's token is added unless `authorization` is given; an empty one sends none. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

export interface KubeAnswer {
  readonly status: number;
  /** Lower-case names; several headers of one name as one list. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** An answer whose body is still coming. */
export interface KubeStream extends Omit<KubeAnswer, 'body'> {
  /** Reads lines until there are `count`, the stream has ended, or nothing came for `quiet` milliseconds. */
  lines(count: number, quiet: number): Promise<readonly string[]>;
  close(): void;
}

/** One driver for every API server: what a test sends and what came back, untouched. */
export interface KubeApi extends ApiAccess {
  request(request: KubeRequest): Promise<KubeAnswer>;
  stream(request: KubeRequest): Promise<KubeStream>;
  close(): void;
}

/** Talks HTTP/1.1 with keep-alive; whoever opens it closes it. */
export function openKubeApi(access: ApiAccess): KubeApi {
  const agent = new Agent({ keepAlive: true, ca: access.ca });
  const send = (request: KubeRequest): Promise<IncomingMessage> => answerOf(access, agent, request);
  return {
    ...access,
    request: async (request) => {
      const answer = await send(request);
      return { ...headOf(answer), body: await textOf(answer) };
    },
    stream: async (request) => streamOf(await send(request)),
    close: () => agent.destroy(),
  };
}

function answerOf(
  { url, token }: ApiAccess,
  agent: Agent,
  { method, path, headers = {}, body }: KubeRequest,
): Promise<IncomingMessage> {
  const { authorization = `Bearer ${token}`, ...others } = headers;
  const all = { ...others, ...(authorization === '' ? {} : { authorization }) };
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    const options = { method, path, agent, host: target.hostname, port: target.port, headers: withLength(all, body) };
    const sent: ReturnType<typeof httpRequest> = httpsRequest(options, resolve);
    sent.setTimeout(60_000, () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
    sent.on('error', reject).end(body);
  });
}

// Without a length Node would send DELETE bodies in chunks, which other clients do not do.
function withLength(headers: Record<string, string>, body: KubeRequest['body']): Record<string, string> {
  return body === undefined ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) };
}

function headOf({ statusCode = 0, headersDistinct }: IncomingMessage): Omit<KubeAnswer, 'body'> {
  return { status: statusCode, headers: headersDistinct as Record<string, readonly string[]> };
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function streamOf(answer: IncomingMessage): KubeStream {
  const waiting: string[] = [];
  let ended = false;
  let wake = (): void => {};
  const reader = createInterface({ input: answer }).on('line', (line) => {
    waiting.push(line);
    wake();
  });
  reader.on('close', () => {
    ended = true;
    wake();
  });
  answer.on('error', () => reader.close());
  const lines = async (count: number, quiet: number): Promise<readonly string[]> => {
    let seen = -1;
    while (waiting.length < count && !ended && waiting.length > seen) {
      seen = waiting.length;
      await wakeOr(quiet, (resolve) => {
        wake = resolve;
      });
    }
    return waiting.splice(0);
  };
  return { ...headOf(answer), lines, close: () => answer.destroy() };
}

function wakeOr(milliseconds: number, register: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    register(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
