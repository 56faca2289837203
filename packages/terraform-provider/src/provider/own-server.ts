import { claimsOf } from '@pullpath/ocm-api/client';
import type { ConnectionSettings } from './settings.ts';

/**
 * Whether the API is one that tells which nodes a change reaches: a server that signs its access tokens itself, so that
 * their issuer is the server. Found out without a request, because a plan that only creates sends none elsewhere.
 */
export function tellsOfNodes({ url, tokens }: ConnectionSettings): boolean {
  return tokens.some((token) => {
    const issuer = originOf(String(claimsOf(token)?.['iss']));
    return issuer !== undefined && issuer === originOf(url);
  });
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
