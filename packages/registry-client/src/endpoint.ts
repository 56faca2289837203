/** The host that serves a registry: `docker.io` is a name, `registry-1.docker.io` answers for it. */
export function registryHost(domain: string): string {
  return domain === 'docker.io' || domain === 'index.docker.io' ? 'registry-1.docker.io' : domain;
}

/** `https://host/v2/path`; the parts of `path` must already be fit for a URL. */
export function endpoint(scheme: string, domain: string, path: string): URL {
  return new URL(`${scheme}://${registryHost(domain)}/v2/${path}`);
}
