import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';

export interface HttpQuestion {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly authorization?: string | undefined;
  readonly text?: string | undefined;
  readonly contentType?: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON, an empty object where it is none. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** One request as any HTTP client sends it: nothing of our own client is in between. */
export function askOverTls(
  { url, authority }: { readonly url: string; readonly authority: string },
  { method, path, query = {}, authorization, text, contentType = 'application/json' }: HttpQuestion,
): Promise<HttpAnswer> {
  const target = `${url}${path}${Object.keys(query).length > 0 ? `?${new URLSearchParams(query).toString()}` : ''}`;
  const headers = {
    ...(authorization === undefined ? {} : { authorization }),
    ...(text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(target, { method, headers, ca: authority, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.once('error', reject);
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: body, json: jsonOf(body) }),
      );
    });
    sent.once('error', reject);
    sent.end(text);
  });
}

function jsonOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
