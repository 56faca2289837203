/** What a path of the API names. */
export interface KubePath {
  /** Of the collection, without a namespace, like `/api/v1/configmaps`. */
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/** Reads a path; undefined for what is no resource of the API. */
export function parseKubePath(path: string): KubePath | undefined {
  const parts = path.split('/').slice(1).map(decodeURIComponent);
  const rootLength = parts[0] === 'api' ? 2 : parts[0] === 'apis' ? 3 : 0;
  const root = `/${parts.slice(0, rootLength).join('/')}`;
  const rest = parts.slice(rootLength);
  if (rootLength === 0 || rest[0] === undefined) return undefined;
  const isNamespaced = rest[0] === 'namespaces' && rest.length > 2;
  const [plural, name, subresource] = isNamespaced ? rest.slice(2) : rest;
  return { resource: `${root}/${plural}`, namespace: isNamespaced ? rest[1] : undefined, name, subresource };
}

/** Where an object is kept. */
export function storagePath({ resource, namespace, name }: KubePath): string {
  return `${resource}//${namespace ?? ''}//${name ?? ''}`;
}

/** Whether a stored object lies in a collection. */
export function isInCollection({ resource, namespace }: KubePath, storage: string): boolean {
  return storage.startsWith(namespace === undefined ? `${resource}//` : `${resource}//${namespace}//`);
}
