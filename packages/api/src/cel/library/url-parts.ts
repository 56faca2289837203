/** The parts of a URL as Go's `net/url` gives them. */
export interface UrlParts {
  readonly scheme: string;
  /** Host and port as written. */
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  /** With its percent escapes. */
  readonly path: string;
  readonly query: string;
}

/**
 * Reads what Go's `url.ParseRequestURI` accepts: an absolute URL, or an absolute path; a fragment is no part of it. Undefined otherwise.
 */
export function parseUrl(text: string): UrlParts | undefined {
  if (text === '' || hasControl(text)) return undefined;
  if (text.startsWith('/') && !text.startsWith('//'))
    return withPath({ scheme: '', host: '', hostname: '', port: '' }, text);
  const scheme = schemeOf(text);
  if (scheme === undefined && !text.startsWith('//')) return undefined;
  const rest = scheme === undefined ? text : text.slice(scheme.length + 1);
  if (!rest.startsWith('//'))
    return rest.startsWith('/')
      ? withPath({ scheme: scheme ?? '', host: '', hostname: '', port: '' }, rest)
      : opaque(scheme);
  return withAuthority(scheme ?? '', rest.slice(2));
}

function opaque(scheme: string | undefined): UrlParts | undefined {
  return scheme === undefined ? undefined : { scheme, host: '', hostname: '', port: '', path: '', query: '' };
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

function schemeOf(text: string): string | undefined {
  const colon = text.indexOf(':');
  const scheme = text.slice(0, Math.max(colon, 0));
  return /^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme) ? scheme.toLowerCase() : undefined;
}

function withAuthority(scheme: string, rest: string): UrlParts | undefined {
  const end = rest.search(/[/?]/);
  const authority = end === -1 ? rest : rest.slice(0, end);
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const split = splitHost(host);
  return split && withPath({ scheme, host, ...split }, end === -1 ? '' : rest.slice(end));
}

function splitHost(host: string): { readonly hostname: string; readonly port: string } | undefined {
  const bracket = host.startsWith('[') ? host.indexOf(']') : -1;
  if (host.startsWith('[') && bracket === -1) return undefined;
  const colon = bracket === -1 ? host.lastIndexOf(':') : bracket + 1;
  const hostname = bracket === -1 ? host.slice(0, colon === -1 ? host.length : colon) : host.slice(1, bracket);
  const tail = colon === -1 ? '' : host.slice(colon);
  if (!/^(?::\d*)?$/.test(tail) || (bracket === -1 && !isHostText(hostname))) return undefined;
  return { hostname, port: tail.slice(1) };
}

/** Characters that Go refuses in a host. */
function isHostText(host: string): boolean {
  return !/[\s"<>[\]\\^`{|}:]/.test(host) && validEscapes(host);
}

function withPath(head: Omit<UrlParts, 'path' | 'query'>, rest: string): UrlParts | undefined {
  const mark = rest.indexOf('?');
  const path = mark === -1 ? rest : rest.slice(0, mark);
  return validEscapes(path) ? { ...head, path, query: mark === -1 ? '' : rest.slice(mark + 1) } : undefined;
}

function validEscapes(text: string): boolean {
  return !/%(?![0-9A-Fa-f]{2})/.test(text);
}
