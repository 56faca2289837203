import { BlockList, isIP } from 'node:net';

/** Which requests go through a proxy, as the environment says. */
export interface ProxySettings {
  readonly http?: string | undefined;
  readonly https?: string | undefined;
  /** Hosts that are asked directly. */
  readonly except: readonly string[];
}

/** Reads HTTP_PROXY, HTTPS_PROXY and NO_PROXY; the upper-case name goes first (Go `golang.org/x/net/http/httpproxy`). */
export function proxyFromEnvironment(env: Readonly<Record<string, string | undefined>>): ProxySettings {
  const read = (name: string): string | undefined => env[name] || env[name.toLowerCase()] || undefined;
  const except = (read('NO_PROXY') ?? '').split(',').map((entry) => entry.trim().toLowerCase());
  return { http: read('HTTP_PROXY'), https: read('HTTPS_PROXY'), except: except.filter(Boolean) };
}

/** The proxy for a URL, or undefined for a direct connection. The loopback interface is always asked directly. */
export function proxyFor({ http, https, except }: ProxySettings, url: URL): string | undefined {
  const proxy = url.protocol === 'https:' ? https : http;
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (proxy === undefined || isLoopback(host)) return undefined;
  if (except.some((entry) => isExcepted(entry, host, port))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

// `*`, an address, a network, or a domain, which covers what is below it; a leading dot excludes the domain itself.
function isExcepted(entry: string, host: string, port: string): boolean {
  if (entry === '*' || entry === host) return true;
  if (entry.includes('/')) return isInNetwork(entry, host);
  const [name = '', wantedPort] = isIP(entry) === 6 ? [entry] : entry.split(':');
  if (wantedPort !== undefined && wantedPort !== port) return false;
  const domain = name.startsWith('*.') ? name.slice(1) : name;
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function isInNetwork(entry: string, host: string): boolean {
  const [network = '', bits] = entry.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  const prefix = Number(bits);
  const valid =
    isIP(network) !== 0 && Number.isInteger(prefix) && prefix >= 0 && prefix <= (family === 'ipv6' ? 128 : 32);
  if (!valid || isIP(host) === 0) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}
