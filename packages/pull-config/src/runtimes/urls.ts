/** The registry API host of a domain: Docker Hub answers at another name than images carry (containerd `DefaultHost`). */
export function apiHost(host: string): string {
  return host === 'docker.io' ? 'registry-1.docker.io' : host;
}

/** The domain that images carry for an API host; the reverse of `apiHost`. */
export function imageDomain(host: string): string {
  return host === 'registry-1.docker.io' || host === 'index.docker.io' ? 'docker.io' : host;
}

/** `https://host`, or `https://host/v2/prefix` where the repository is asked below a prefix. */
export function endpointUrl(scheme: 'http' | 'https', host: string, prefix: string): string {
  return `${scheme}://${apiHost(host)}${prefix === '' ? '' : `/v2/${prefix}`}`;
}
