import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { RetryPace } from '../../src/client/index.ts';

/** One answer of the script; `cut` ends the connection instead. */
export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly text?: string;
  readonly cut?: boolean;
  /** Sends what there is and ends the connection. */
  readonly cutAfter?: boolean;
  /** Never answers. */
  readonly silent?: boolean;
}

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** A server that gives the answers of a script, one for each request, and says what it was asked. */
export async function scriptedServer(script: readonly Scripted[]): Promise<{ url: string; seen: readonly Seen[] }> {
  const [seen, left]: [Seen[], Scripted[]] = [[], [...script]];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method = '', url: path = '', headers } = request;
    seen.push({ method, path, headers, text: Buffer.concat(parts).toString() });
    const {
      status = 200,
      headers: more,
      body,
      text,
      cut,
      cutAfter,
      silent,
    } = left.shift() ?? { status: 501, body: {} };
    if (silent) return;
    if (cut) return request.socket.destroy();
    response.writeHead(status, { ...(text === undefined ? { 'content-type': 'application/json' } : {}), ...more });
    if (cutAfter) return response.write(text ?? '', () => request.socket.destroy());
    response.end(text ?? (status === 204 ? undefined : JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** No waiting; what would have been waited for is kept. */
export function fastPace(): RetryPace & { readonly waits: number[] } {
  const waits: number[] = [];
  return { random: () => 0.5, sleep: async (ms) => void waits.push(ms), waits };
}

/** An unsigned token with these claims. */
export function sampleToken(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2ln`;
}
