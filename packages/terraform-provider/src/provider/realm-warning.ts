import { defaultTokenUrl } from '@pullpath/ocm-api/client';
import { type Diagnostic, warning } from '../framework/diagnostic.ts';
import type { ConnectionSettings } from './settings.ts';

/**
 * Warns where tokens for someone's own API would be asked of Red Hat: a `url` elsewhere, credentials that need a token
 * endpoint, and none named.
 */
export function realmWarnings({ url, tokenUrl, clientSecret }: ConnectionSettings): readonly Diagnostic[] {
  if (clientSecret === '' || tokenUrl !== defaultTokenUrl || isRedHat(url)) return [];
  const { origin, pathname } = new URL(defaultTokenUrl);
  const own = `${new URL(url).origin}${pathname}`;
  const detail = `The API is at ${new URL(url).origin}, and its tokens will be asked for at ${origin}, which does not know its accounts. Set token_url; for a pullpath server it is ${own}`;
  return [warning('Tokens Come From Another Realm', detail, ['token_url'])];
}

function isRedHat(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'openshift.com' || hostname.endsWith('.openshift.com');
}
