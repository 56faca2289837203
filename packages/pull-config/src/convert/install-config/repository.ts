import { parseNamed } from '@pullpath/oci';
import { isDnsSubdomain } from '../dns-subdomain.ts';

/**
 * Why the installer refuses a source or mirror, or undefined when it takes it: a full repository name without tag or
 * digest, or a bare host with or without port (openshift/installer `validateNamedRepository`).
 */
export function repositoryFault(text: string): string | undefined {
  const parsed = parseNamed(text);
  if (parsed.ok) {
    const nameOnly = parsed.value.tag === undefined && parsed.value.digest === undefined;
    return nameOnly ? undefined : 'must be repository--not reference';
  }
  if (parsed.code !== 'ref-not-canonical') return `failed to parse: ${parsed.message}`;
  const host = hostOf(text);
  if (isDnsSubdomain(host)) return undefined;
  return `the repository provided is invalid: ${JSON.stringify(host)} is not a host name`;
}

// Splits `host:port`; a text with another number of colons is no such pair and is taken whole.
function hostOf(text: string): string {
  const colon = text.indexOf(':');
  return colon >= 0 && colon === text.lastIndexOf(':') ? text.slice(0, colon) : text;
}
