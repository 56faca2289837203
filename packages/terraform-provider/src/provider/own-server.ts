import { claimsOf, type OcmClient, pullpathIssuer } from '@pullpath/ocm-api/client';
import type { ConnectionSettings } from './settings.ts';

/**
 * Whether the API is one that tells which nodes a change reaches: a pullpath server, by the issuer of its tokens. That is
 * found out without a request to the API, because a plan that only creates sends none elsewhere; a service account of a
 * server with a token endpoint of its own gets its token for it.
 */
export async function tellsOfNodes(settings: ConnectionSettings, client: () => OcmClient): Promise<boolean> {
  const { url, tokenUrl, tokens } = settings;
  if (tokens.length > 0) return tokens.some(isOurs);
  return originOf(tokenUrl) === originOf(url) && isOurs(await client().accessToken());
}

function isOurs(token: string): boolean {
  return claimsOf(token)?.['iss'] === pullpathIssuer;
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
