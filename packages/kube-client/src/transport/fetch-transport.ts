import { KubeError } from '../client/kube-error.ts';
import type { Transport, TransportResponse } from './transport.ts';

export interface FetchTransportOptions {
  /** With scheme, host and, where the API lies deeper, path, without a slash at the end. */
  readonly server: string;
  /** Sent with every request, like `authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The platform's unless set. */
  readonly fetch?: typeof fetch | undefined;
}

/** A transport over `fetch`, for the browser. A browser sends its own User-Agent and keeps its own connections. */
export function fetchTransport({ server, headers: own = {}, fetch: send = fetch }: FetchTransportOptions): Transport {
  return {
    async send({ method, path, headers, body, signal }) {
      try {
        const init = { method, headers: { ...headers, ...own }, signal, ...(body === undefined ? {} : { body }) };
        return answerOf(await send(`${server}${path}`, init), signal);
      } catch (error) {
        throw failure(error, server, signal);
      }
    },
    close: () => Promise.resolve(),
  };

  function answerOf(response: Response, signal: AbortSignal): TransportResponse {
    return {
      status: response.status,
      headers: { get: (name) => response.headers.get(name) ?? undefined },
      body: chunks(response.body, server, signal),
    };
  }
}

// Not every browser iterates over streams; all have readers.
async function* chunks(
  body: ReadableStream<Uint8Array> | null,
  server: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } catch (error) {
    throw failure(error, server, signal);
  } finally {
    // A stream that failed says so again here, which is no news.
    await reader.cancel().catch(() => undefined);
  }
}

function failure(cause: unknown, server: string, signal: AbortSignal): KubeError {
  if (signal.aborted) return new KubeError('kube-cancelled', `the request to ${server} was given up`, { cause });
  return new KubeError('kube-unreachable', `${server} cannot be reached`, { cause });
}
