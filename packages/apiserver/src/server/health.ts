import { type ApiResponse, text } from '../http/exchange.ts';

const names: Readonly<Record<string, string>> = { '/healthz': 'healthz', '/livez': 'livez', '/readyz': 'readyz' };

/** `/healthz`, `/livez`, `/readyz`, also with a check's name; undefined for any other path. Asks for no identity. */
export function healthAnswer(path: string, query: URLSearchParams, stopping: boolean): ApiResponse | undefined {
  const [, root = '', check] = path.split('/');
  const name = Object.hasOwn(names, `/${root}`) ? names[`/${root}`] : undefined;
  if (!name || (check !== undefined && check !== 'ping')) return undefined;
  const failed = stopping && name === 'readyz';
  if (!query.has('verbose') && !failed) return plain(200, 'ok');
  const lines = ['[+]ping ok', failed ? '[-]shutdown failed: reason withheld' : '[+]shutdown ok'];
  return plain(failed ? 500 : 200, `${lines.join('\n')}\n${name} check ${failed ? 'failed' : 'passed'}\n`);
}

function plain(status: number, value: string): ApiResponse {
  const response = text(status, value);
  return { ...response, headers: { ...response.headers, 'x-content-type-options': 'nosniff' } };
}
