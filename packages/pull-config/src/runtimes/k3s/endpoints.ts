import { cleanPath, type Endpoint, isLocalhost, parseEndpoint, portOf } from '../endpoint.ts';

/** The registry host by which the library of k3s names an image's registry (go-containerregistry). */
export function libraryHost(domain: string): string {
  return domain === 'docker.io' ? 'index.docker.io' : domain;
}

/**
 * An endpoint of registries.yaml (rancher/wharfie normalizeEndpointAddress): without a scheme it is https, http on an odd
 * port of this machine; a path replaces `/v2`. Undefined when k3s ignores it.
 */
export function readEndpoint(text: string): Endpoint | undefined {
  const schemed = text.includes('://');
  const endpoint = parseEndpoint(schemed ? text : `https://${text}`);
  if (!endpoint || endpoint.host === '') return undefined;
  return { ...endpoint, scheme: schemed ? endpoint.scheme : schemeOf(endpoint.host), path: pathOf(endpoint.path) };
}

/** Keys of `mirrors` that serve a registry, the first that is there counts. */
export function mirrorKeys(host: string): string[] {
  if (host === 'index.docker.io') return [host, 'docker.io', '*'];
  return host.includes(':') ? [host, '*'] : [host, `${host}:443`, `${host}:80`, '*'];
}

/** Keys of `configs`, and of `mirrors` as far as rewrites go. */
export function settingKeys(host: string): string[] {
  return host === 'index.docker.io' ? [host, 'docker.io', '*'] : [host, '*'];
}

/** True for an endpoint that is the registry itself: rewrites do not apply there. */
export function isDefaultEndpoint(host: string, endpoint: Endpoint): boolean {
  return namespaceOf(host) === namespaceOf(endpoint.host);
}

function namespaceOf(host: string): string {
  return host === 'index.docker.io' ? 'docker.io' : host;
}

function schemeOf(host: string): 'http' | 'https' {
  const port = portOf(host);
  return isLocalhost(host) && port !== '' && port !== '443' ? 'http' : 'https';
}

function pathOf(path: string): string {
  return path === '' || path === '/' || path === '/v2' ? '/v2' : cleanPath(path);
}
