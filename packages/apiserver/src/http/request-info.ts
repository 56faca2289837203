/** What a request asks for, read off its method and path (Kubernetes `RequestInfo`). */
export interface ResourceRequest {
  readonly isResource: true;
  readonly cluster: string;
  readonly group: string;
  readonly version: string;
  readonly namespace: string;
  readonly resource: string;
  readonly name: string;
  readonly subresource: string;
}

/** Discovery, health, OpenAPI and the rest: a path within one logical cluster. */
export interface PathRequest {
  readonly isResource: false;
  readonly cluster: string;
  readonly path: string;
}

export type RequestTarget = ResourceRequest | PathRequest;

/** The logical cluster of paths without `/clusters/<name>`. */
export const rootCluster = 'root';

/** Reads a decoded URL path. Never throws: what is no resource path is a plain path. */
export function parseTarget(path: string): RequestTarget {
  const { cluster, rest } = splitCluster(path);
  const parts = rest.replace(/^\//, '').replace(/\/$/, '').split('/');
  // Nothing is between two slashes.
  const resource = parts.includes('') ? undefined : resourceParts(parts);
  return resource ? { isResource: true, cluster, ...resource } : { isResource: false, cluster, path: rest };
}

function splitCluster(path: string): { cluster: string; rest: string } {
  const [, prefix, name, ...rest] = path.split('/');
  if (prefix !== 'clusters' || !name) return { cluster: rootCluster, rest: path };
  return { cluster: name, rest: `/${rest.join('/')}` };
}

function resourceParts(parts: readonly string[]): Omit<ResourceRequest, 'isResource' | 'cluster'> | undefined {
  const [root, ...rest] = parts;
  if (root === 'api' && rest.length > 1) return within('', rest[0] as string, rest.slice(1));
  if (root === 'apis' && rest.length > 2) return within(rest[0] as string, rest[1] as string, rest.slice(2));
  return undefined;
}

// "namespaces/<name>" itself, its status and finalize are the namespace object; anything else below it is in that namespace.
function within(
  group: string,
  version: string,
  parts: readonly string[],
): Omit<ResourceRequest, 'isResource' | 'cluster'> {
  const [first, second = '', third, ...deeper] = parts;
  if (first === 'namespaces' && third !== undefined && !namespaceSubresources.has(third)) {
    return { group, version, namespace: second, ...named(third, deeper) };
  }
  const namespace = first === 'namespaces' ? second : '';
  return { group, version, namespace, ...named(first as string, parts.slice(1)) };
}

const namespaceSubresources = new Set(['status', 'finalize']);

function named(resource: string, parts: readonly string[]): { resource: string; name: string; subresource: string } {
  const [name = '', ...sub] = parts;
  return { resource, name, subresource: sub.join('/') };
}
