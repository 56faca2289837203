import { BlockList, isIP } from 'node:net';
import { Agent, type Dispatcher, EnvHttpProxyAgent, ProxyAgent, Socks5ProxyAgent } from 'undici';
import type { TlsSettings } from './connection.ts';

const connectMs = 10_000;
/** Sooner than load balancers forget a connection. */
const keepAliveProbeMs = 30_000;
/** Sooner than API servers close an idle connection. */
const idleMs = 30_000;

/** The connections to one server, kept between requests, through a proxy where one is set here or in the environment. */
export function createDispatcher(server: URL, tls: TlsSettings, proxyUrl: string | undefined): Dispatcher {
  const secure = tlsOptions(tls);
  const direct = { timeout: connectMs, keepAlive: true, keepAliveInitialDelay: keepAliveProbeMs };
  const options = { allowH2: false, keepAliveTimeout: idleMs, headersTimeout: 0, bodyTimeout: 0 };
  if (proxyUrl?.startsWith('socks')) return new Socks5ProxyAgent(proxyUrl, { ...options, requestTls: secure });
  if (proxyUrl !== undefined) return new ProxyAgent({ ...options, uri: proxyUrl, requestTls: secure, connect: direct });
  const connect = { ...direct, ...secure };
  if (!hasProxy(process.env)) return new Agent({ ...options, connect });
  return new EnvHttpProxyAgent({ ...options, connect, requestTls: secure, noProxy: exceptions(process.env, server) });
}

function tlsOptions({ ca, certificate, key, serverName, insecure }: TlsSettings): Record<string, unknown> {
  return {
    rejectUnauthorized: insecure !== true,
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

function hasProxy(env: Environment): boolean {
  return ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'].some((name) => env[name]);
}

/** NO_PROXY as undici reads it: with the loopback interface, and with the server itself where a network in it holds it. */
export function exceptions(env: Environment, server: URL): string {
  const given = env['no_proxy'] ?? env['NO_PROXY'] ?? '';
  const host = server.hostname.replace(/^\[|\]$/g, '');
  const isInside = given.split(',').some((entry) => isInNetwork(entry.trim(), host));
  return [given, 'localhost', '127.0.0.1', '::1', ...(isInside ? [host] : [])].join(',');
}

function isInNetwork(entry: string, host: string): boolean {
  const [network = '', bits = ''] = entry.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  const prefix = bits === '' ? -1 : Number(bits);
  if (isIP(network) === 0 || isIP(host) !== isIP(network)) return false;
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > (family === 'ipv6' ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return list.check(host, family);
}
