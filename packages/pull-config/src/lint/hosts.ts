/** True for a text that can be a port: digits, at most five. */
export function isPortNumber(text: string): boolean {
  return text.length > 0 && text.length <= 5 && Array.from(text).every(isDigit);
}

/** Ends of names that no public registry has (RFC 6761, RFC 6762 appendix G, RFC 8375, ICANN `.internal`), and cluster services. */
const privateEnds: ReadonlySet<string> = new Set([
  'corp',
  'home',
  'internal',
  'intra',
  'intranet',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'private',
  'svc',
  'test',
]);

/**
 * True for `host[:port]` that no public certificate authority vouches for: an address, a name without a domain or below a
 * private one, or any name with a port of its own.
 */
export function looksPrivate(host: string): boolean {
  const colon = host.lastIndexOf(':');
  const name = colon === -1 ? host : host.slice(0, colon);
  const port = colon === -1 ? '443' : host.slice(colon + 1);
  const last = name.slice(name.lastIndexOf('.') + 1);
  return port !== '443' || !name.includes('.') || privateEnds.has(last.toLowerCase()) || isPortNumber(last);
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

/** Registries of the internet that people put into search lists. */
const publicRegistries: ReadonlySet<string> = new Set([
  'docker.io',
  'gcr.io',
  'ghcr.io',
  'index.docker.io',
  'mcr.microsoft.com',
  'public.ecr.aws',
  'quay.io',
  'registry-1.docker.io',
  'registry.access.redhat.com',
  'registry.centos.org',
  'registry.connect.redhat.com',
  'registry.fedoraproject.org',
  'registry.gitlab.com',
  'registry.hub.docker.com',
  'registry.k8s.io',
  'registry.opensuse.org',
  'registry.redhat.io',
  'registry.suse.com',
]);

/** True for the `host[:port]` of a registry that serves everyone. */
export function isPublicRegistry(host: string): boolean {
  return publicRegistries.has(host.endsWith(':443') ? host.slice(0, -':443'.length) : host);
}
