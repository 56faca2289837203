import type { ImageReference } from '@pullpath/oci';
import { imageDomain } from './urls.ts';

/**
 * What a runtime asks for, written as a reference: `host/prefix/repository:tag`. An API root that does not start with `/v2`
 * has no such form; then it is the URL of the manifest.
 */
export function physicalReference(
  endpoint: { readonly scheme: string; readonly host: string; readonly path: string },
  repository: string,
  { tag, digest }: ImageReference,
): string {
  const { scheme, host, path } = endpoint;
  if (path !== '/v2' && !path.startsWith('/v2/')) {
    return `${scheme}://${host}${path}/${repository}/manifests/${digest ?? tag}`;
  }
  const prefix = path.slice('/v2'.length);
  return `${imageDomain(host)}${prefix}/${repository}${digest === undefined ? `:${tag}` : `@${digest}`}`;
}
