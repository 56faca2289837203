import { isDigits, isDomainName, isRepositoryPath } from './grammar.ts';

/**
 * True for `host[:port][/path]`: the pattern of mirrors in the ImageDigestMirrorSet and ImageTagMirrorSet CRDs
 * (openshift/api config/v1), which machine-config-operator applies too. No tag, no digest, no IPv6 host.
 */
export function isMirrorLocation(text: string): boolean {
  const slash = text.indexOf('/');
  const hostEnd = slash === -1 ? text.length : slash;
  return isHostAndPort(text, hostEnd) && (slash === -1 || isRepositoryPath(text, slash + 1));
}

/**
 * True for `*.domain`, or whatever a mirror may be: the pattern of sources in the same CRDs, and of the entries of
 * `registrySources` of `image.config.openshift.io`.
 */
export function isMirrorSource(text: string): boolean {
  return text.startsWith('*.') ? isDomainName(text, 2) : isMirrorLocation(text);
}

function isHostAndPort(text: string, end: number): boolean {
  const colon = text.indexOf(':');
  if (colon === -1 || colon >= end) return isDomainName(text, 0, end);
  return isDomainName(text, 0, colon) && isDigits(text, colon + 1, end);
}
