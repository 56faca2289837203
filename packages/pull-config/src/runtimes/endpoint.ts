/** The parts of an endpoint URL as Go's `net/url` splits them; the path is decoded. */
export interface Endpoint {
  readonly scheme: string;
  /** `host[:port]`, empty where the text has none. */
  readonly host: string;
  readonly path: string;
}

/** Splits a URL with a scheme; undefined where Go's `url.Parse` gives an error. Linear in its length. */
export function parseEndpoint(text: string): Endpoint | undefined {
  if (hasControl(text)) return undefined;
  const whole = until(text, '#');
  const colon = whole.indexOf(':');
  const scheme = whole.slice(0, Math.max(colon, 0));
  if (!isScheme(scheme)) return undefined;
  const rest = until(whole.slice(colon + 1), '?');
  if (!rest.startsWith('//')) return splitOpaque(scheme, rest);
  const authorityEnd = rest.indexOf('/', 2) === -1 ? rest.length : rest.indexOf('/', 2);
  const host = hostOf(rest.slice(2, authorityEnd));
  const path = decoded(rest.slice(authorityEnd));
  return host === undefined || path === undefined ? undefined : { scheme: scheme.toLowerCase(), host, path };
}

/** The port of `host:port`, empty without one (Go `net.SplitHostPort` and its error). */
export function portOf(host: string): string {
  const colon = host.lastIndexOf(':');
  return colon === -1 || host.endsWith(']') ? '' : host.slice(colon + 1);
}

/** True for `localhost` and loopback addresses, with or without a port (containerd `docker.IsLocalhost`). */
export function isLocalhost(host: string): boolean {
  const colon = host.indexOf(':');
  const name = colon === -1 ? host : host.slice(0, colon);
  if (name === 'localhost') return true;
  const parts = name.split('.');
  return parts.length === 4 && parts[0] === '127' && parts.every(isOctet);
}

/** A slash-separated path without empty, `.` and `..` components (Go `path.Clean`). */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!rooted) kept.push(part);
  }
  return rooted ? `/${kept.join('/')}` : kept.join('/') || '.';
}

function splitOpaque(scheme: string, rest: string): Endpoint | undefined {
  const path = rest.startsWith('/') ? decoded(rest) : '';
  return path === undefined ? undefined : { scheme: scheme.toLowerCase(), host: '', path };
}

/** The authority without user information; undefined when its host or port is malformed. */
function hostOf(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  if (at !== -1 && !isUserInfo(authority.slice(0, at))) return undefined;
  const host = authority.slice(at + 1);
  const bracket = host.startsWith('[') ? host.lastIndexOf(']') : 0;
  if (bracket === -1) return undefined;
  const colon = host.indexOf(':', bracket);
  const name = colon === -1 ? host : host.slice(0, colon);
  if (colon !== -1 && !every(host.slice(colon + 1), isDigit)) return undefined;
  if (!host.startsWith('[') && !every(name, isHostCharacter)) return undefined;
  return host;
}

function isScheme(text: string): boolean {
  const isLetter = (character: string) => /^[a-zA-Z]$/.test(character);
  return (
    isLetter(text[0] ?? '') &&
    every(text, (character) => isLetter(character) || isDigit(character) || '+-.'.includes(character))
  );
}

function every(text: string, holds: (character: string) => boolean): boolean {
  return Array.from(text).every(holds);
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function isOctet(text: string): boolean {
  if (text === '' || text.length > 3 || !every(text, isDigit)) return false;
  return Number(text) <= 255 && (text === '0' || !text.startsWith('0'));
}

// Beyond ASCII and the reserved marks a host keeps what it has; percent escapes in it are refused.
function isHostCharacter(character: string): boolean {
  return character > '\u007f' || /^[A-Za-z0-9\-._~!$&'()*+,;=<>"]$/.test(character);
}

function isUserInfo(text: string): boolean {
  return every(text, (character) => /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]$/.test(character));
}

function decoded(path: string): string | undefined {
  for (let at = path.indexOf('%'); at !== -1; at = path.indexOf('%', at + 1)) {
    if (!/^[0-9a-fA-F]{2}$/.test(path.slice(at + 1, at + 3))) return undefined;
  }
  try {
    return decodeURIComponent(path);
  } catch {
    // Escapes that are no UTF-8 make bytes that no repository is asked under; the path is kept as written.
    return path;
  }
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

function until(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at === -1 ? text : text.slice(0, at);
}
