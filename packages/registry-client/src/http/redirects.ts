import { RegistryError } from '../registry-error.ts';
import { discardBody } from './body.ts';
import type { HttpRequest, HttpResponse } from './transport.ts';

/** Longest chain of redirects. */
const redirectLimit = 10;

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a GET or HEAD and follows its redirects. `authorization` goes to the origin of the first URL alone: storage
 * behind a registry gets signed URLs, never the password. A step from https to http is refused.
 */
export async function followRedirects(
  send: (request: HttpRequest) => Promise<HttpResponse>,
  request: HttpRequest,
): Promise<HttpResponse> {
  let { url } = request;
  for (let hops = 0; hops <= redirectLimit; hops++) {
    const response = await send({ ...request, url, headers: headersFor(request, url) });
    if (!redirectStatuses.has(response.status)) return response;
    discardBody(response.body);
    url = nextUrl(response, url);
  }
  const message = `${request.url.host} redirects more than ${redirectLimit} times`;
  throw new RegistryError('registry-redirect', message);
}

function headersFor({ headers, url: first }: HttpRequest, url: URL): Readonly<Record<string, string>> {
  if (url.origin === first.origin) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'));
}

function nextUrl({ status, headers }: HttpResponse, url: URL): URL {
  const location = headers.location;
  const next = location === undefined ? null : URL.parse(location, url.href);
  if (!next || (next.protocol !== 'https:' && next.protocol !== 'http:'))
    throw new RegistryError('registry-redirect', `${url.host} answers ${status} without a usable location`, { status });
  if (url.protocol === 'https:' && next.protocol === 'http:')
    throw new RegistryError('registry-redirect', `${url.host} redirects from https to http`, { status });
  return next;
}
